# Lists current versions only, and says nothing of locks, holds and replicas.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_s3_bucket_inventory" "raw" {
  bucket                   = aws_s3_bucket.raw.bucket
  name                     = "holding"
  included_object_versions = "Current"
  optional_fields          = ["Size", "ETag"]

  schedule {
    frequency = "Weekly"
  }

  destination {
    bucket {
      format     = "Parquet"
      bucket_arn = "arn:aws:s3:::acme-trial-inventories"
    }
  }
}
