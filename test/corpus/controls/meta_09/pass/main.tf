# One day is enough to prove that the lock holds.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-trial-raw-qualification"
  object_lock_enabled = true
}

resource "aws_s3_bucket_object_lock_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 1
    }
  }
}
