# The landing zone as it is qualified: a lock of one day, everything else as in production.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-qualification-raw"
  object_lock_enabled = true
  force_destroy       = true
  tags                = { BucketRole = "record", Environment = "qualification" }
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

resource "aws_s3_bucket_versioning" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  versioning_configuration {
    status = "Enabled"
  }
}
