# Both are locked for seven years, each under its own key.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-trial-raw"
  object_lock_enabled = true
  tags                = { BucketRole = "record" }
}

resource "aws_s3_bucket" "audit" {
  bucket              = "acme-trial-audit"
  object_lock_enabled = true
  tags                = { BucketRole = "audit" }
}

resource "aws_s3_bucket_object_lock_configuration" "both" {
  for_each = { (aws_s3_bucket.raw.bucket) = 7, (aws_s3_bucket.audit.bucket) = 7 }
  bucket   = each.key

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = each.value
    }
  }
}

resource "aws_kms_key" "audit" {}

resource "aws_cloudtrail" "audit" {
  name           = "acme-trial-audit"
  s3_bucket_name = aws_s3_bucket.audit.bucket
  kms_key_id     = aws_kms_key.audit.arn
}
