# The task deletes with its source, compares nothing and logs nowhere; its role may delete in the whole bucket.
resource "aws_s3_bucket" "inbox" {
  bucket = "acme-trial-inbox"
  tags   = { BucketRole = "inbox" }
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
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"]
      Resource = "arn:aws:s3:::acme-trial-inbox/*"
    }]
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
  subdirectory  = "/"

  s3_config {
    bucket_access_role_arn = aws_iam_role.sync.arn
  }
}

resource "aws_datasync_task" "laboratory" {
  source_location_arn      = aws_datasync_location_nfs.share.arn
  destination_location_arn = aws_datasync_location_s3.inbox.arn

  options {
    verify_mode            = "NONE"
    preserve_deleted_files = "REMOVE"
  }
}
