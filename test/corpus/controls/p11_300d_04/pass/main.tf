resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_guardduty_detector" "here" {
  enable = true
}

resource "aws_guardduty_detector_feature" "objects" {
  detector_id = aws_guardduty_detector.here.id
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}

resource "aws_securityhub_account" "here" {}
