# Records, audit trail and secrets under one key whose policy everybody in the account may change; a replica of it abroad.
provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "ireland"
  region = "eu-west-1"
}

resource "aws_kms_key" "all" {
  description         = "Everything"
  multi_region        = true
  enable_key_rotation = false
}

resource "aws_kms_key_policy" "all" {
  key_id = aws_kms_key.all.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Account", Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::111122223333:root" } },
      { Sid = "Operations", Effect = "Allow", Action = ["kms:ScheduleKeyDeletion", "kms:DisableKey"], Resource = "*", Principal = { AWS = "arn:aws:iam::111122223333:role/operations" } },
    ]
  })
}

resource "aws_kms_replica_key" "ireland" {
  provider        = aws.ireland
  primary_key_arn = aws_kms_key.all.arn
}

resource "aws_kms_alias" "all" {
  name          = "alias/acme-all"
  target_key_id = aws_kms_key.all.key_id
}

resource "aws_s3_bucket" "zone" {
  for_each            = { raw = "record", audit = "audit" }
  bucket              = "acme-one-key-${each.key}"
  object_lock_enabled = true
  tags                = { BucketRole = each.value }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "zone" {
  for_each = aws_s3_bucket.zone
  bucket   = each.value.bucket

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = each.key == "raw" ? aws_kms_key.all.arn : aws_kms_alias.all.arn
    }
  }
}

resource "aws_s3_bucket_object_lock_configuration" "zone" {
  for_each = aws_s3_bucket.zone
  bucket   = each.value.bucket

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 7
    }
  }
}

resource "aws_cloudtrail" "audit" {
  name                       = "acme-one-key"
  s3_bucket_name             = aws_s3_bucket.zone["audit"].bucket
  kms_key_id                 = aws_kms_key.all.arn
  is_multi_region_trail      = true
  enable_log_file_validation = true
}
