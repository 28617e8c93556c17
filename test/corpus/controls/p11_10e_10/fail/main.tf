# S3 delivers no access logs into a bucket with Object Lock, and says nothing about it.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
}

resource "aws_s3_bucket" "logs" {
  bucket              = "acme-trial-access-logs"
  object_lock_enabled = true
}

resource "aws_s3_bucket_logging" "raw" {
  bucket        = aws_s3_bucket.raw.bucket
  target_bucket = aws_s3_bucket.logs.bucket
  target_prefix = "raw/"
}
