# Suspended versioning: a new object of the same name takes the old one's place.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_s3_bucket_versioning" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  versioning_configuration {
    status = "Suspended"
  }
}
