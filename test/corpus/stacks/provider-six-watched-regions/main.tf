# Provider 6 with one provider block: records in Frankfurt and Ireland by `region`, a trail and detectors that stand in Ireland only.
locals {
  regions = ["eu-central-1", "eu-west-1"]
}

resource "aws_s3_bucket" "raw" {
  for_each            = toset(local.regions)
  bucket              = "acme-watched-raw-${each.key}"
  object_lock_enabled = true
  tags                = { BucketRole = "record", RecordClass = "clinical" }
}

resource "aws_s3_bucket_object_lock_configuration" "raw" {
  for_each = toset(local.regions)
  bucket   = "acme-watched-raw-${each.key}"

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 7
    }
  }
}

# Of one region: it sees the bucket in Ireland and not the one in Frankfurt.
resource "aws_cloudtrail" "data" {
  name                       = "acme-watched-data"
  s3_bucket_name             = "acme-watched-audit"
  enable_log_file_validation = true

  advanced_event_selector {
    name = "every read and write of records"

    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }

    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }
  }
}

resource "aws_guardduty_detector" "ireland" {
  enable = true
}

resource "aws_guardduty_detector_feature" "s3" {
  detector_id = aws_guardduty_detector.ireland.id
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}

resource "aws_securityhub_account" "ireland" {}
