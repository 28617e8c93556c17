# The task adds to the laboratory's folder of the inbox, keeps what is gone at its source, compares and logs.
resource "aws_s3_bucket" "inbox" {
  bucket = "acme-trial-inbox"
  tags   = { BucketRole = "inbox" }
}

resource "aws_kms_key" "logs" {
  description = "log of the task"
}

resource "aws_cloudwatch_log_group" "sync" {
  name       = "/acme/sync"
  kms_key_id = aws_kms_key.logs.arn
}

resource "aws_iam_role" "sync" {
  name = "acme-sync"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "datasync.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } }
    }]
  })
}

resource "aws_iam_role_policy" "sync" {
  role = aws_iam_role.sync.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts"]
        Resource = "arn:aws:s3:::acme-trial-inbox/laboratory/*"
      },
      {
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = "arn:aws:s3:::acme-trial-inbox"
        Condition = { StringLike = { "s3:prefix" = ["laboratory/*"] } }
      },
    ]
  })
}

resource "aws_datasync_location_nfs" "share" {
  server_hostname = "nas.example.org"
  subdirectory    = "/export/laboratory"

  on_prem_config {
    agent_arns = ["arn:aws:datasync:eu-central-1:111122223333:agent/agent-0123456789abcdef0"]
  }
}

resource "aws_datasync_location_s3" "inbox" {
  s3_bucket_arn = aws_s3_bucket.inbox.arn
  subdirectory  = "/laboratory/"

  s3_config {
    bucket_access_role_arn = aws_iam_role.sync.arn
  }
}

resource "aws_datasync_task" "laboratory" {
  source_location_arn      = aws_datasync_location_nfs.share.arn
  destination_location_arn = aws_datasync_location_s3.inbox.arn
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.sync.arn

  options {
    verify_mode            = "ONLY_FILES_TRANSFERRED"
    preserve_deleted_files = "PRESERVE"
    log_level              = "TRANSFER"
    object_tags            = "NONE"
  }
}
