# Who decrypts records decrypts the trail as well.
resource "aws_kms_key" "landing_zone" {}

resource "aws_s3_bucket" "landing_zone" {
  for_each = { raw = "record", audit = "audit" }
  bucket   = "acme-trial-${each.key}"
  tags     = { BucketRole = each.value }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "landing_zone" {
  for_each = toset(["acme-trial-raw", "acme-trial-audit"])
  bucket   = each.key

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.landing_zone.arn
    }
  }
}
