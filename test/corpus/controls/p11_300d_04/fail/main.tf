# GuardDuty is there and switched off.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_guardduty_detector" "here" {
  enable = false
}

resource "aws_securityhub_account" "here" {}
