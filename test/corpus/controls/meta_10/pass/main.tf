# What must be set is an argument of a resource.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-raw"
}

resource "aws_s3_bucket_ownership_controls" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
