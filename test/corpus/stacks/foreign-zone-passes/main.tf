# A team with modules of its own: records that laboratories load, their copies in another region, and what watches over them.
provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "copies"
  region = "eu-west-1"
}

locals {
  name       = "acme-trial"
  account_id = "111122223333"
  region     = "eu-central-1"
  trail_arn  = "arn:aws:cloudtrail:${local.region}:${local.account_id}:trail/${local.name}"
  rule_arn   = "arn:aws:events:${local.region}:${local.account_id}:rule/${local.name}-landed"

  tags = {
    ChangeRef   = "CHG-1042"
    DataType    = "clinical-trial"
    Environment = "production"
    GxP         = "true"
    Owner       = "clinical-data-office"
    RecordClass = "clinical"
    Retention   = "7 years"
    SystemId    = "LZ-CLIN"
  }

  # What is kept for seven years, here and in the other region.
  kept = {
    records = { role = "record", key_users = [], statements = [] }
    audit   = { role = "audit", key_users = local.audit_key_users, statements = local.audit_statements }
  }
}

module "key" {
  source     = "./modules/key"
  for_each   = local.kept
  name       = "${local.name}-${each.key}"
  account_id = local.account_id
  services   = each.value.key_users
  tags       = local.tags
}

module "bucket" {
  source          = "./modules/bucket"
  for_each        = local.kept
  name            = "${local.name}-${each.key}"
  kms_key_arn     = module.key[each.key].arn
  retention_years = 7
  statements      = each.value.statements
  tags            = merge(local.tags, { BucketRole = each.value.role })
}

module "copy_key" {
  source     = "./modules/key"
  for_each   = local.kept
  providers  = { aws = aws.copies }
  name       = "${local.name}-${each.key}-copy"
  account_id = local.account_id
  tags       = local.tags
}

module "copy" {
  source          = "./modules/bucket"
  for_each        = local.kept
  providers       = { aws = aws.copies }
  name            = "${local.name}-${each.key}-copy"
  kms_key_arn     = module.copy_key[each.key].arn
  retention_years = 7
  tags            = merge(local.tags, { BucketRole = "replica" })
}

module "copying" {
  source              = "./modules/copying"
  for_each            = local.kept
  source_bucket       = module.bucket[each.key].name
  destination_bucket  = module.copy[each.key].name
  destination_arn     = module.copy[each.key].arn
  destination_key_arn = module.copy_key[each.key].arn
  account_id          = local.account_id
  boundary            = aws_iam_policy.boundary.arn
  topic_arn           = aws_sns_topic.alerts.arn
}

resource "aws_s3_account_public_access_block" "account" {
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

# What S3 and Config report of the zone. Config delivers to no bucket whose lock has a default, so nothing locks this one.
module "reports_key" {
  source     = "./modules/key"
  name       = "${local.name}-reports"
  account_id = local.account_id
  tags       = local.tags

  services = [{
    Sid       = "Reports"
    Effect    = "Allow"
    Principal = { Service = ["config.amazonaws.com", "s3.amazonaws.com"] }
    Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
    Resource  = "*"
    Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
  }]
}

module "reports" {
  source      = "./modules/bucket"
  name        = "${local.name}-reports"
  kms_key_arn = module.reports_key.arn
  tags        = merge(local.tags, { BucketRole = "results", Retention = "none" })

  statements = [
    {
      Sid       = "Inventories"
      Effect    = "Allow"
      Principal = { Service = "s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = [for name in keys(local.kept) : "arn:aws:s3:::${local.name}-reports/${name}/*"]
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account_id }
        ArnEquals    = { "aws:SourceArn" = [for name in keys(local.kept) : "arn:aws:s3:::${local.name}-${name}"] }
      }
    },
    {
      Sid       = "ConfigLooks"
      Effect    = "Allow"
      Principal = { Service = "config.amazonaws.com" }
      Action    = ["s3:GetBucketAcl", "s3:ListBucket"]
      Resource  = "arn:aws:s3:::${local.name}-reports"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
    },
    {
      Sid       = "ConfigDelivers"
      Effect    = "Allow"
      Principal = { Service = "config.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::${local.name}-reports/AWSLogs/${local.account_id}/Config/*"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
    },
  ]
}

resource "aws_s3_bucket_inventory" "held" {
  for_each                 = local.kept
  bucket                   = module.bucket[each.key].name
  name                     = "held"
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
      account_id = local.account_id
      bucket_arn = module.reports.arn
      prefix     = each.key

      encryption {
        sse_kms {
          key_id = module.reports_key.arn
        }
      }
    }
  }
}
