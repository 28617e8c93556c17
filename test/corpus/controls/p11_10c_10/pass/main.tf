# Replication Time Control with its metrics, and an alarm on each of the two that tell of trouble.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_s3_bucket_replication_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "copy"
    status = "Enabled"

    destination {
      bucket = "arn:aws:s3:::acme-trial-raw-copy"

      replication_time {
        status = "Enabled"
        time {
          minutes = 15
        }
      }

      metrics {
        status = "Enabled"
        event_threshold {
          minutes = 15
        }
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "replication" {
  for_each = { OperationsFailedReplication = 0, ReplicationLatency = 900 }

  alarm_name          = "acme-trial-raw-${each.key}"
  namespace           = "AWS/S3"
  metric_name         = each.key
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = ["arn:aws:sns:eu-central-1:111122223333:alerts"]

  dimensions = {
    SourceBucket      = "acme-trial-raw"
    DestinationBucket = "acme-trial-raw-copy"
    RuleId            = "copy"
  }
}
