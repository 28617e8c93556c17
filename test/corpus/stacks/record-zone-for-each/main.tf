# Three record buckets from one map, each with all its split resources, joined by for_each chaining.
locals {
  buckets = {
    raw     = { years = 7, class = "clinical" }
    curated = { years = 7, class = "clinical" }
    tmf     = { years = 25, class = "trial-master-file" }
  }
}

resource "aws_kms_key" "records" {
  description             = "Records"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_s3_bucket" "record" {
  for_each            = local.buckets
  bucket              = "acme-zone-${each.key}"
  object_lock_enabled = true

  tags = {
    BucketRole  = "record"
    RecordClass = each.value.class
  }
}

resource "aws_s3_bucket_versioning" "record" {
  for_each = aws_s3_bucket.record
  bucket   = each.value.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "record" {
  for_each = local.buckets
  bucket   = aws_s3_bucket.record[each.key].id

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = each.value.years
    }
  }
}

resource "aws_s3_bucket_public_access_block" "record" {
  for_each                = local.buckets
  bucket                  = aws_s3_bucket.record[each.key].bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "record" {
  for_each = local.buckets
  bucket   = aws_s3_bucket.record[each.key].bucket

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "record" {
  for_each = local.buckets
  bucket   = aws_s3_bucket.record[each.key].bucket

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.records.arn
    }
  }
}
