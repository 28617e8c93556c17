resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_s3_bucket_versioning" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  versioning_configuration {
    status = "Enabled"
  }
}
