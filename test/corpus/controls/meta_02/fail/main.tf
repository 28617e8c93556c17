# How long the inbox locks is only known after the apply: nobody can say now that it is long enough.
resource "terraform_data" "retention_days" {
  input = 7
}

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
      days = terraform_data.retention_days.output
    }
  }
}
