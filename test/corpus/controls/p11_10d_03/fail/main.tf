# Each object may say for itself who reads it.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
}

resource "aws_s3_bucket_ownership_controls" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  rule {
    object_ownership = "BucketOwnerPreferred"
  }
}

resource "aws_s3_bucket_acl" "raw" {
  bucket = aws_s3_bucket.raw.bucket
  acl    = "private"
}
