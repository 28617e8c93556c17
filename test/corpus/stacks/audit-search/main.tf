# Inspectors search the trail with Athena; the inventory lists what is kept; results stand in a bucket of their own.
resource "aws_kms_key" "results" {
  enable_key_rotation = true
}

resource "aws_s3_bucket" "raw" {
  bucket = "acme-search-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_s3_bucket" "results" {
  bucket = "acme-search-results"
  tags   = { BucketRole = "results" }
}

resource "aws_s3_bucket_inventory" "raw" {
  bucket                   = aws_s3_bucket.raw.bucket
  name                     = "whole"
  included_object_versions = "All"
  optional_fields          = ["ChecksumAlgorithm", "ObjectLockLegalHoldStatus", "ObjectLockMode", "ObjectLockRetainUntilDate", "ReplicationStatus", "Size"]

  schedule {
    frequency = "Daily"
  }

  destination {
    bucket {
      format     = "Parquet"
      bucket_arn = "arn:aws:s3:::acme-search-results"
    }
  }
}

resource "aws_athena_workgroup" "audit" {
  name = "acme-search-audit"

  configuration {
    enforce_workgroup_configuration = true

    result_configuration {
      output_location = "s3://${aws_s3_bucket.results.bucket}/audit/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = aws_kms_key.results.arn
      }
    }
  }
}

resource "aws_athena_workgroup" "scratch" {
  name = "acme-search-scratch"

  configuration {
    enforce_workgroup_configuration = false
  }
}
