# Every value that a critical control reads is a literal, so the plan holds it.
resource "aws_s3_bucket" "inbox" {
  bucket              = "acme-trial-inbox"
  object_lock_enabled = true
  tags                = { BucketRole = "inbox" }
}

resource "aws_s3_bucket_object_lock_configuration" "inbox" {
  bucket = aws_s3_bucket.inbox.bucket

  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 7
    }
  }
}
