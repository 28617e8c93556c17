resource "aws_s3_bucket" "signatures" {
  bucket              = "acme-trial-signatures"
  object_lock_enabled = true
  tags                = { BucketRole = "record", Part11Role = "signature" }
}

resource "aws_s3_bucket_object_lock_configuration" "signatures" {
  bucket = aws_s3_bucket.signatures.id

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 7
    }
  }
}
