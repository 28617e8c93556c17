resource "aws_kms_key" "raw" {}

resource "aws_kms_key" "audit" {}

resource "aws_s3_bucket" "landing_zone" {
  for_each = { raw = "record", audit = "audit" }
  bucket   = "acme-trial-${each.key}"
  tags     = { BucketRole = each.value }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "raw" {
  bucket = "acme-trial-raw"

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.raw.arn
    }
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "audit" {
  bucket = "acme-trial-audit"

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.audit.arn
    }
  }
}
