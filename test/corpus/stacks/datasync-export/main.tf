# DataSync takes records out to a share and to another account, and fills the inbox as AWS's own example role does: with
# the right to delete, below the root, with nothing compared and a log that nobody encrypts.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-export-raw"
  object_lock_enabled = true
  tags                = { BucketRole = "record" }
}

resource "aws_s3_bucket_object_lock_configuration" "raw" {
  bucket = aws_s3_bucket.raw.id

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 7
    }
  }
}

resource "aws_s3_bucket" "inbox" {
  bucket              = "acme-export-inbox"
  object_lock_enabled = true
  tags                = { BucketRole = "inbox" }
}

resource "aws_cloudwatch_log_group" "sync" {
  name              = "/acme/export"
  retention_in_days = 3653
}

resource "aws_iam_role" "sync" {
  name = "acme-export-sync"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "datasync.amazonaws.com" } }]
  })
}

resource "aws_iam_role_policy" "sync" {
  role = aws_iam_role.sync.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
        Resource = ["arn:aws:s3:::acme-export-raw", "arn:aws:s3:::acme-export-inbox"]
      },
      {
        Effect = "Allow"
        Action = [
          "s3:AbortMultipartUpload",
          "s3:DeleteObject",
          "s3:GetObject",
          "s3:GetObjectTagging",
          "s3:ListMultipartUploadParts",
          "s3:PutObject",
          "s3:PutObjectTagging",
        ]
        Resource = ["arn:aws:s3:::acme-export-raw/*", "arn:aws:s3:::acme-export-inbox/*"]
      },
    ]
  })
}

resource "aws_datasync_location_nfs" "share" {
  server_hostname = "nas.example.org"
  subdirectory    = "/export"

  on_prem_config {
    agent_arns = ["arn:aws:datasync:eu-central-1:111122223333:agent/agent-0123456789abcdef0"]
  }
}

resource "aws_datasync_location_s3" "raw" {
  s3_bucket_arn = aws_s3_bucket.raw.arn
  subdirectory  = "/"

  s3_config {
    bucket_access_role_arn = aws_iam_role.sync.arn
  }
}

resource "aws_datasync_location_s3" "inbox" {
  s3_bucket_arn = aws_s3_bucket.inbox.arn
  subdirectory  = "/"

  s3_config {
    bucket_access_role_arn = aws_iam_role.sync.arn
  }
}

resource "aws_datasync_location_s3" "partner" {
  s3_bucket_arn = "arn:aws:s3:::partner-results"
  subdirectory  = "/acme/"

  s3_config {
    bucket_access_role_arn = aws_iam_role.sync.arn
  }
}

resource "aws_datasync_task" "out" {
  source_location_arn      = aws_datasync_location_s3.raw.arn
  destination_location_arn = aws_datasync_location_nfs.share.arn
}

resource "aws_datasync_task" "partner" {
  source_location_arn      = aws_datasync_location_s3.raw.arn
  destination_location_arn = aws_datasync_location_s3.partner.arn
}

resource "aws_datasync_task" "in" {
  source_location_arn      = aws_datasync_location_nfs.share.arn
  destination_location_arn = aws_datasync_location_s3.inbox.arn
  cloudwatch_log_group_arn = aws_cloudwatch_log_group.sync.arn

  options {
    verify_mode            = "NONE"
    preserve_deleted_files = "REMOVE"
    log_level              = "OFF"
  }
}
