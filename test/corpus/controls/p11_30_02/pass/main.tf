resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
}

resource "aws_kms_key" "raw" {
  description = "Records of the trial"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.raw.arn
    }
  }
}
