# Provider 6 gives a resource a region of its own: the replica stands in Ireland without an alias.
resource "aws_s3_bucket" "audit" {
  bucket              = "acme-region-audit"
  object_lock_enabled = true
  tags                = { BucketRole = "audit" }
}

resource "aws_s3_bucket" "replica" {
  bucket              = "acme-region-audit-replica"
  object_lock_enabled = true
  tags                = { BucketRole = "replica" }
}

resource "aws_s3_bucket_object_lock_configuration" "audit" {
  for_each = toset(["acme-region-audit", "acme-region-audit-replica"])
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
      bucket = "arn:aws:s3:::acme-region-audit-replica"
    }
  }
}
