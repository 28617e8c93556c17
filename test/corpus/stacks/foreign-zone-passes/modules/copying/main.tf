# Copies each object of one bucket into its twin in the other region within fifteen minutes, and tells when it does not.
variable "source_bucket" { type = string }
variable "destination_bucket" { type = string }
variable "destination_arn" { type = string }
variable "destination_key_arn" { type = string }
variable "account_id" { type = string }
variable "boundary" { type = string }
variable "topic_arn" { type = string }

locals {
  regions = { source = "eu-central-1", destination = "eu-west-1" }
}

module "role" {
  source   = "../role"
  name     = "${var.source_bucket}-copying"
  boundary = var.boundary

  trust = {
    Principal = { Service = "s3.amazonaws.com" }
    Condition = {
      StringEquals = { "aws:SourceAccount" = var.account_id }
      ArnEquals    = { "aws:SourceArn" = "arn:aws:s3:::${var.source_bucket}" }
    }
  }

  statements = [
    {
      Effect   = "Allow"
      Action   = ["s3:GetReplicationConfiguration", "s3:ListBucket"]
      Resource = "arn:aws:s3:::${var.source_bucket}"
    },
    {
      Effect = "Allow"
      Action = [
        "s3:GetObjectLegalHold",
        "s3:GetObjectRetention",
        "s3:GetObjectVersionAcl",
        "s3:GetObjectVersionForReplication",
        "s3:GetObjectVersionTagging",
      ]
      Resource = "arn:aws:s3:::${var.source_bucket}/*"
    },
    {
      Effect   = "Allow"
      Action   = ["s3:ReplicateObject", "s3:ReplicateTags"]
      Resource = "arn:aws:s3:::${var.destination_bucket}/*"
    },
    {
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = "arn:aws:kms:${local.regions.source}:${var.account_id}:key/*"
      Condition = {
        StringEquals               = { "kms:ViaService" = "s3.${local.regions.source}.amazonaws.com" }
        "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/${var.source_bucket}" }
      }
    },
    {
      Effect   = "Allow"
      Action   = "kms:Encrypt"
      Resource = "arn:aws:kms:${local.regions.destination}:${var.account_id}:key/*"
      Condition = {
        StringEquals               = { "kms:ViaService" = "s3.${local.regions.destination}.amazonaws.com" }
        "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/${var.destination_bucket}" }
      }
    },
  ]
}

resource "aws_s3_bucket_replication_configuration" "this" {
  bucket = var.source_bucket
  role   = module.role.arn

  rule {
    id     = "everything"
    status = "Enabled"

    filter {}

    delete_marker_replication {
      status = "Disabled"
    }

    source_selection_criteria {
      sse_kms_encrypted_objects {
        status = "Enabled"
      }
    }

    destination {
      bucket = var.destination_arn

      encryption_configuration {
        replica_kms_key_id = var.destination_key_arn
      }

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

resource "aws_cloudwatch_metric_alarm" "this" {
  for_each = { OperationsFailedReplication = 0, ReplicationLatency = 900 }

  alarm_name          = "${var.source_bucket}-${each.key}"
  namespace           = "AWS/S3"
  metric_name         = each.key
  statistic           = "Maximum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = each.value
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [var.topic_arn]

  dimensions = {
    SourceBucket      = var.source_bucket
    DestinationBucket = var.destination_bucket
    RuleId            = "everything"
  }
}
