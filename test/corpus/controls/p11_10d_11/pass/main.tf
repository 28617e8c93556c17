# The session policy leaves uploading below the sender's own prefix.
resource "aws_transfer_user" "acme" {
  server_id           = "s-0a1b2c3d4e5f60718"
  user_name           = "acme"
  role                = "arn:aws:iam::111122223333:role/sftp-sender"
  home_directory_type = "LOGICAL"

  home_directory_mappings {
    entry  = "/"
    target = "/acme-trial-inbox/acme"
  }

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:PutObject", "s3:AbortMultipartUpload"]
        Resource = "arn:aws:s3:::acme-trial-inbox/acme/*"
      },
      {
        Effect    = "Allow"
        Action    = "s3:ListBucket"
        Resource  = "arn:aws:s3:::acme-trial-inbox"
        Condition = { StringLike = { "s3:prefix" = ["acme/*"] } }
      },
    ]
  })
}
