resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_s3_bucket_inventory" "raw" {
  bucket                   = aws_s3_bucket.raw.bucket
  name                     = "holding"
  included_object_versions = "All"

  optional_fields = [
    "ChecksumAlgorithm",
    "ObjectLockLegalHoldStatus",
    "ObjectLockMode",
    "ObjectLockRetainUntilDate",
    "ReplicationStatus",
  ]

  schedule {
    frequency = "Daily"
  }

  destination {
    bucket {
      format     = "Parquet"
      bucket_arn = "arn:aws:s3:::acme-trial-inventories"
    }
  }
}
