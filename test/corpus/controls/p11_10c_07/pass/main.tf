provider "aws" {
  alias  = "replica"
  region = "eu-west-1"
}

resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_s3_bucket" "copy" {
  provider = aws.replica
  bucket   = "acme-trial-raw-copy"
  tags     = { BucketRole = "replica" }
}

resource "aws_s3_bucket_replication_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "copy"
    status = "Enabled"

    filter {}

    delete_marker_replication {
      status = "Disabled"
    }

    destination {
      bucket = "arn:aws:s3:::acme-trial-raw-copy"
    }
  }
}
