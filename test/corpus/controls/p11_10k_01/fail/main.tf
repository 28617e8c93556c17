# A qualification report may be replaced: the lock yields to an administrator, and ends after a month.
resource "aws_s3_bucket" "evidence" {
  bucket              = "acme-trial-evidence"
  object_lock_enabled = true
  tags                = { BucketRole = "evidence" }
}

resource "aws_s3_bucket_versioning" "evidence" {
  bucket = aws_s3_bucket.evidence.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "evidence" {
  bucket = aws_s3_bucket.evidence.id

  rule {
    default_retention {
      mode = "GOVERNANCE"
      days = 30
    }
  }
}
