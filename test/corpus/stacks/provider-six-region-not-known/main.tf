# Provider 6: the region of the replica is an argument whose value only the apply knows; that of the provider says nothing.
resource "terraform_data" "region" {
  input = "eu-west-1"
}

resource "aws_s3_bucket" "audit" {
  bucket              = "acme-region-unknown-audit"
  object_lock_enabled = true
  tags                = { BucketRole = "audit" }
}

resource "aws_s3_bucket" "replica" {
  bucket              = "acme-region-unknown-replica"
  object_lock_enabled = true
  tags                = { BucketRole = "replica" }
}

resource "aws_s3_bucket_object_lock_configuration" "audit" {
  for_each = toset(["acme-region-unknown-audit", "acme-region-unknown-replica"])
  bucket   = each.key

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 7
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "audit" {
  bucket = aws_s3_bucket.audit.bucket
  role   = "arn:aws:iam::111122223333:role/acme-region-replication"

  rule {
    id     = "all"
    status = "Enabled"

    destination {
      bucket = "arn:aws:s3:::acme-region-unknown-replica"
    }
  }
}
