provider "aws" {
  alias  = "replica"
  region = "eu-west-1"
}

resource "aws_s3_bucket" "audit" {
  bucket              = "acme-trial-audit"
  object_lock_enabled = true
  tags                = { BucketRole = "audit" }
}

resource "aws_s3_bucket_object_lock_configuration" "audit" {
  bucket = aws_s3_bucket.audit.bucket

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 7
    }
  }
}

resource "aws_s3_bucket" "copy" {
  provider            = aws.replica
  bucket              = "acme-trial-audit-copy"
  object_lock_enabled = true
  tags                = { BucketRole = "replica" }
}

resource "aws_s3_bucket_object_lock_configuration" "copy" {
  provider = aws.replica
  bucket   = aws_s3_bucket.copy.bucket

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 7
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "audit" {
  bucket = aws_s3_bucket.audit.bucket
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "copy"
    status = "Enabled"

    destination {
      bucket = aws_s3_bucket.copy.arn
    }
  }
}
