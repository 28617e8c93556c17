# Provider 6: the replica is made with the provider of Ireland, but its own `region` brings it back beside its source.
provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "ireland"
  region = "eu-west-1"
}

resource "aws_s3_bucket" "raw" {
  bucket              = "acme-same-region-raw"
  object_lock_enabled = true
  tags                = { BucketRole = "record", RecordClass = "clinical" }
}

resource "aws_s3_bucket" "replica" {
  provider            = aws.ireland
  bucket              = "acme-same-region-replica"
  object_lock_enabled = true
  tags                = { BucketRole = "replica" }
}

resource "aws_s3_bucket_object_lock_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 7
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket
  role   = "arn:aws:iam::111122223333:role/acme-same-region-replication"

  rule {
    id     = "all"
    status = "Enabled"

    destination {
      bucket = aws_s3_bucket.replica.arn
    }
  }
}
