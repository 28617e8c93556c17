# The sender's role may put objects and nothing else.
resource "aws_transfer_user" "acme" {
  server_id = "s-0a1b2c3d4e5f60718"
  user_name = "acme"
  role      = aws_iam_role.sender.arn
}

resource "aws_iam_role" "sender" {
  name = "sftp-sender"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "transfer.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } }
    }]
  })
}

resource "aws_iam_role_policy" "sender" {
  role = aws_iam_role.sender.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
      Resource = "arn:aws:s3:::acme-trial-inbox/*"
    }]
  })
}
