# Two shares are copied by DataSync into an inbox, each below a folder and by a role of its own; a third task moves code
# between buckets that keep no records. Rights come from a data source, keys and groups from for_each.
locals {
  account = "111122223333"
  inbox   = "arn:aws:s3:::acme-share-inbox"
  senders = toset(["ecg", "laboratory"])
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["datasync.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account]
    }
  }
}

data "aws_iam_policy_document" "rights" {
  for_each = local.senders

  statement {
    actions   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"]
    resources = ["${local.inbox}/${each.key}/*"]
  }

  statement {
    actions   = ["s3:GetBucketLocation", "s3:ListBucketMultipartUploads"]
    resources = [local.inbox]
  }

  statement {
    actions   = ["s3:ListBucket"]
    resources = [local.inbox]

    condition {
      test     = "StringLike"
      variable = "s3:prefix"
      values   = ["${each.key}/*"]
    }
  }
}

resource "aws_kms_key" "logs" {
  description             = "Logs of the tasks"
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_cloudwatch_log_group" "sync" {
  name              = "/acme/sync"
  retention_in_days = 3653
  kms_key_id        = aws_kms_key.logs.arn
}

resource "aws_cloudwatch_log_resource_policy" "sync" {
  policy_name = "acme-sync"

  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "datasync.amazonaws.com" }
      Action    = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource  = "arn:aws:logs:eu-central-1:${local.account}:log-group:/acme/sync:*"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_s3_bucket" "inbox" {
  bucket              = "acme-share-inbox"
  object_lock_enabled = true
  tags                = { BucketRole = "inbox" }
}

resource "aws_s3_bucket_versioning" "inbox" {
  bucket = aws_s3_bucket.inbox.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "inbox" {
  bucket = aws_s3_bucket.inbox.id

  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 14
    }
  }
}

resource "aws_s3_bucket" "code" {
  for_each = toset(["acme-code-built", "acme-code-released"])
  bucket   = each.key
  tags     = { BucketRole = "other" }
}

resource "aws_iam_role" "sync" {
  for_each           = local.senders
  name               = "acme-sync-${each.key}"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}

resource "aws_iam_role_policy" "sync" {
  for_each = local.senders
  role     = aws_iam_role.sync[each.key].name
  policy   = data.aws_iam_policy_document.rights[each.key].json
}

resource "aws_datasync_location_nfs" "ecg" {
  server_hostname = "nas.example.org"
  subdirectory    = "/export/ecg"

  on_prem_config {
    agent_arns = ["arn:aws:datasync:eu-central-1:111122223333:agent/agent-0123456789abcdef0"]
  }
}

resource "aws_datasync_location_efs" "laboratory" {
  efs_file_system_arn = "arn:aws:elasticfilesystem:eu-central-1:111122223333:file-system/fs-0123456789abcdef0"

  ec2_config {
    security_group_arns = ["arn:aws:ec2:eu-central-1:111122223333:security-group/sg-0123456789abcdef0"]
    subnet_arn          = "arn:aws:ec2:eu-central-1:111122223333:subnet/subnet-0123456789abcdef0"
  }
}

resource "aws_datasync_location_s3" "ecg" {
  s3_bucket_arn = aws_s3_bucket.inbox.arn
  subdirectory  = "/ecg/"

  s3_config {
    bucket_access_role_arn = "arn:aws:iam::${local.account}:role/acme-sync-ecg"
  }
}

resource "aws_datasync_location_s3" "laboratory" {
  s3_bucket_arn = aws_s3_bucket.inbox.arn
  subdirectory  = "laboratory"

  s3_config {
    bucket_access_role_arn = aws_iam_role.sync["laboratory"].arn
  }
}

resource "aws_datasync_location_s3" "code" {
  for_each      = aws_s3_bucket.code
  s3_bucket_arn = "arn:aws:s3:::${each.key}"
  subdirectory  = "/"

  s3_config {
    bucket_access_role_arn = "arn:aws:iam::${local.account}:role/acme-release"
  }
}

resource "aws_datasync_task" "ecg" {
  source_location_arn      = aws_datasync_location_nfs.ecg.arn
  destination_location_arn = aws_datasync_location_s3.ecg.arn
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.sync.arn

  options {
    verify_mode            = "ONLY_FILES_TRANSFERRED"
    preserve_deleted_files = "PRESERVE"
    overwrite_mode         = "NEVER"
    log_level              = "TRANSFER"
    object_tags            = "NONE"
  }
}

resource "aws_datasync_task" "laboratory" {
  source_location_arn      = aws_datasync_location_efs.laboratory.arn
  destination_location_arn = aws_datasync_location_s3.laboratory.arn
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.sync.arn

  options {
    verify_mode            = "POINT_IN_TIME_CONSISTENT"
    preserve_deleted_files = "PRESERVE"
    log_level              = "BASIC"
    object_tags            = "NONE"
  }

  schedule {
    schedule_expression = "rate(1 hour)"
  }
}

resource "aws_datasync_task" "code" {
  source_location_arn      = aws_datasync_location_s3.code["acme-code-built"].arn
  destination_location_arn = aws_datasync_location_s3.code["acme-code-released"].arn

  options {
    preserve_deleted_files = "REMOVE"
  }
}
