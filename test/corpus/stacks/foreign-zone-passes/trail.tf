# Who did what: every management event of the account, and every read and write of a record.
locals {
  audit_key_users = [{
    Sid       = "Trail"
    Effect    = "Allow"
    Principal = { Service = "cloudtrail.amazonaws.com" }
    Action    = ["kms:DescribeKey", "kms:GenerateDataKey*"]
    Resource  = "*"
    Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
  }]

  audit_statements = [
    {
      Sid       = "TrailLooks"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:GetBucketAcl"
      Resource  = "arn:aws:s3:::${local.name}-audit"
      Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
    },
    {
      Sid       = "TrailDelivers"
      Effect    = "Allow"
      Principal = { Service = "cloudtrail.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "arn:aws:s3:::${local.name}-audit/AWSLogs/${local.account_id}/*"
      Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
    },
  ]
}

resource "aws_cloudtrail" "audit" {
  name                          = local.name
  s3_bucket_name                = module.bucket["audit"].name
  kms_key_id                    = module.key["audit"].arn
  enable_logging                = true
  enable_log_file_validation    = true
  is_multi_region_trail         = true
  include_global_service_events = true
  cloud_watch_logs_group_arn    = "${aws_cloudwatch_log_group.audit.arn}:*"
  cloud_watch_logs_role_arn     = module.trail_role.arn
  tags                          = local.tags

  event_selector {
    read_write_type           = "All"
    include_management_events = true

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3"]
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

module "logs_key" {
  source     = "./modules/key"
  name       = "${local.name}-logs"
  account_id = local.account_id
  tags       = local.tags

  services = [{
    Sid       = "Logs"
    Effect    = "Allow"
    Principal = { Service = "logs.${local.region}.amazonaws.com" }
    Action    = ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    Resource  = "*"
    Condition = {
      ArnLike = { "kms:EncryptionContext:aws:logs:arn" = "arn:aws:logs:${local.region}:${local.account_id}:log-group:*" }
    }
  }]
}

resource "aws_cloudwatch_log_group" "audit" {
  name              = "/${local.name}/audit"
  retention_in_days = 0
  kms_key_id        = module.logs_key.arn
  skip_destroy      = true
  tags              = local.tags

  lifecycle {
    prevent_destroy = true
  }
}

module "trail_role" {
  source   = "./modules/role"
  name     = "${local.name}-trail"
  boundary = aws_iam_policy.boundary.arn

  trust = {
    Principal = { Service = "cloudtrail.amazonaws.com" }
    Condition = { StringEquals = { "aws:SourceArn" = local.trail_arn } }
  }

  statements = [{
    Effect   = "Allow"
    Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    Resource = "arn:aws:logs:${local.region}:${local.account_id}:log-group:/${local.name}/audit:log-stream:*"
  }]
}

# What the account looked like: every change of every resource.
resource "aws_iam_service_linked_role" "config" {
  aws_service_name = "config.amazonaws.com"
}

resource "aws_config_configuration_recorder" "changes" {
  name     = local.name
  role_arn = aws_iam_service_linked_role.config.arn

  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_delivery_channel" "changes" {
  name           = local.name
  s3_bucket_name = module.reports.name
  s3_kms_key_arn = module.reports_key.arn
  depends_on     = [aws_config_configuration_recorder.changes]
}

resource "aws_config_configuration_recorder_status" "changes" {
  name       = aws_config_configuration_recorder.changes.name
  is_enabled = true
  depends_on = [aws_config_delivery_channel.changes]
}
