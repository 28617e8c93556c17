# A test bucket whose objects nobody can delete for seven years, and which is paid for that long.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-trial-raw-qualification"
  object_lock_enabled = true
}

resource "aws_s3_bucket_object_lock_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 7
    }
  }
}
