resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
}

resource "aws_s3_bucket_ownership_controls" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
