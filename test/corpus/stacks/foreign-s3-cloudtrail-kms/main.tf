# A team that uses general-purpose modules and knows nothing of Part 11: a data bucket, a trail and their keys.
data "aws_caller_identity" "current" {}

data "aws_region" "current" {}

locals {
  name       = "acme-clinical"
  account_id = data.aws_caller_identity.current.account_id
  trail_arn  = "arn:aws:cloudtrail:${data.aws_region.current.name}:${local.account_id}:trail/${local.name}"

  tags = {
    Project     = "trial-42"
    Environment = "production"
    Terraform   = "true"
  }
}

module "data_key" {
  source = "./modules/kms"

  description             = "Objects of ${local.name}"
  aliases                 = ["${local.name}-data"]
  key_administrators      = ["arn:aws:iam::${local.account_id}:role/platform"]
  key_users               = ["arn:aws:iam::${local.account_id}:role/etl"]
  deletion_window_in_days = 7
  tags                    = local.tags
}

module "trail_key" {
  source = "./modules/kms"

  description        = "Audit trail of ${local.name}"
  aliases            = ["${local.name}-trail"]
  key_administrators = ["arn:aws:iam::${local.account_id}:role/platform"]
  service_principals = ["cloudtrail.amazonaws.com"]
  source_arn         = local.trail_arn
  tags               = local.tags
}

module "data_bucket" {
  source = "./modules/s3-bucket"

  bucket              = "${local.name}-data"
  object_lock_enabled = true

  object_lock_configuration = {
    rule = { default_retention = { mode = "GOVERNANCE", days = 30 } }
  }

  versioning = { status = true }

  server_side_encryption_configuration = {
    rule = {
      apply_server_side_encryption_by_default = {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = module.data_key.key_arn
      }
    }
  }

  lifecycle_rule = [
    {
      id         = "archive"
      enabled    = true
      transition = [{ days = 30, storage_class = "STANDARD_IA" }, { days = 180, storage_class = "GLACIER" }]
    },
  ]

  attach_deny_insecure_transport_policy = true
  tags                                  = merge(local.tags, { BucketRole = "record" })
}

module "trail_bucket" {
  source = "./modules/s3-bucket"

  bucket                                = "${local.name}-trail"
  versioning                            = { status = true }
  attach_policy                         = true
  policy                                = data.aws_iam_policy_document.trail_bucket.json
  attach_deny_insecure_transport_policy = true
  tags                                  = local.tags

  server_side_encryption_configuration = {
    rule = {
      apply_server_side_encryption_by_default = { sse_algorithm = "AES256" }
    }
  }
}

data "aws_iam_policy_document" "trail_bucket" {
  statement {
    sid       = "AWSCloudTrailAclCheck"
    actions   = ["s3:GetBucketAcl"]
    resources = ["arn:aws:s3:::${local.name}-trail"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
  }

  statement {
    sid       = "AWSCloudTrailWrite"
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::${local.name}-trail/AWSLogs/${local.account_id}/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = [local.trail_arn]
    }

    condition {
      test     = "StringEquals"
      variable = "s3:x-amz-acl"
      values   = ["bucket-owner-full-control"]
    }
  }
}

module "trail" {
  source = "./modules/cloudtrail"

  name                       = local.name
  s3_bucket_name             = module.trail_bucket.bucket_id
  kms_key_arn                = module.trail_key.key_arn
  enable_log_file_validation = true
  cloudwatch_logs_enabled    = true
  log_retention_days         = 365

  event_selector = [{
    read_write_type           = "All"
    include_management_events = true
    data_resource             = [{ type = "AWS::S3::Object", values = ["arn:aws:s3:::"] }]
  }]

  tags = local.tags
}
