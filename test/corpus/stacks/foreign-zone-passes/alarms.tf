# What nobody should do unnoticed, read from the trail's log group, and what machines report by themselves.
locals {
  watched = {
    denied-deletes = "{ ($.eventName = \"DeleteObject*\") && ($.errorCode = \"AccessDenied\") }"
    trail-changes  = "{ ($.eventName = \"StopLogging\") || ($.eventName = \"DeleteTrail\") || ($.eventName = \"UpdateTrail\") || ($.eventName = \"PutEventSelectors\") }"
    key-changes    = "{ ($.eventName = \"DisableKey\") || ($.eventName = \"PutKeyPolicy\") || ($.eventName = \"ScheduleKeyDeletion\") }"
    policy-changes = "{ ($.eventName = \"PutBucketPolicy\") || ($.eventName = \"DeleteBucketPolicy\") || ($.eventSource = \"iam.amazonaws.com\") }"
    lock-changes   = "{ ($.eventName = \"PutBucketObjectLockConfiguration\") || ($.eventName = \"PutBucketVersioning\") }"
    root-use       = "{ $.userIdentity.type = \"Root\" }"
  }

  # Metric -> where it is measured, and the most that is usual in five minutes.
  measured = {
    hash-errors = { namespace = "AWS/Lambda", metric = "Errors", most = 0, of = { FunctionName = local.function_name } }
    not-hashed  = { namespace = "AWS/SQS", metric = "ApproximateNumberOfMessagesVisible", most = 0, of = { QueueName = "${local.name}-not-hashed" } }
  }
}

resource "aws_sns_topic" "alerts" {
  name              = "${local.name}-alerts"
  kms_master_key_id = module.messages_key.arn
}

resource "aws_sns_topic_policy" "alerts" {
  arn = aws_sns_topic.alerts.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:${local.region}:${local.account_id}:${local.name}-alerts"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "Alarms"
        Effect    = "Allow"
        Principal = { Service = "cloudwatch.amazonaws.com" }
        Action    = "sns:Publish"
        Resource  = "arn:aws:sns:${local.region}:${local.account_id}:${local.name}-alerts"
        Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "quality" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "quality@example.org"
}

resource "aws_cloudwatch_log_metric_filter" "watched" {
  for_each       = local.watched
  name           = each.key
  pattern        = each.value
  log_group_name = aws_cloudwatch_log_group.audit.name

  metric_transformation {
    namespace = local.name
    name      = each.key
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "watched" {
  for_each            = local.watched
  alarm_name          = "${local.name}-${each.key}"
  namespace           = local.name
  metric_name         = each.key
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

resource "aws_s3_bucket_metric" "records" {
  bucket = module.bucket["records"].name
  name   = "everything"
}

resource "aws_cloudwatch_metric_alarm" "measured" {
  for_each            = local.measured
  alarm_name          = "${local.name}-${each.key}"
  namespace           = each.value.namespace
  metric_name         = each.value.metric
  dimensions          = each.value.of
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value.most
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
}

# Neither silence nor a flood from the laboratories is usual.
resource "aws_cloudwatch_metric_alarm" "volume" {
  alarm_name          = "${local.name}-volume"
  comparison_operator = "LessThanLowerOrGreaterThanUpperThreshold"
  threshold_metric_id = "usual"
  evaluation_periods  = 2
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]

  metric_query {
    id          = "usual"
    expression  = "ANOMALY_DETECTION_BAND(volume, 3)"
    return_data = true
  }

  metric_query {
    id          = "volume"
    return_data = true

    metric {
      namespace   = "AWS/S3"
      metric_name = "BytesUploaded"
      period      = 300
      stat        = "Sum"
      dimensions  = { BucketName = "${local.name}-records", FilterId = "everything" }
    }
  }
}

# Misuse is looked for wherever records lie.
resource "aws_guardduty_detector" "here" {
  enable = true
}

resource "aws_guardduty_detector_feature" "here" {
  detector_id = aws_guardduty_detector.here.id
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}

resource "aws_securityhub_account" "here" {}

resource "aws_guardduty_detector" "copies" {
  provider = aws.copies
  enable   = true
}

resource "aws_guardduty_detector_feature" "copies" {
  provider    = aws.copies
  detector_id = aws_guardduty_detector.copies.id
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}

resource "aws_securityhub_account" "copies" {
  provider = aws.copies
}
