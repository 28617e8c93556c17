# Vendors deliver by SFTP into an inbox; the identity provider is a function that reads a secret.
resource "aws_kms_key" "intake" {
  description             = "Intake"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::111122223333:root" } },
      { Effect = "Allow", Action = ["kms:Put*", "kms:Get*", "kms:Describe*"], Resource = "*", Principal = { AWS = "arn:aws:iam::111122223333:role/key-administrator" } },
    ]
  })
}

resource "aws_s3_bucket" "inbox" {
  bucket              = "acme-sftp-inbox"
  object_lock_enabled = true
  tags                = { BucketRole = "inbox" }
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

resource "aws_s3_bucket_metric" "inbox" {
  bucket = aws_s3_bucket.inbox.bucket
  name   = "EntireBucket"
}

resource "aws_transfer_server" "sftp" {
  protocols              = ["SFTP"]
  identity_provider_type = "AWS_LAMBDA"
  function               = aws_lambda_function.identity.arn
  endpoint_type          = "PUBLIC"
  security_policy_name   = "TransferSecurityPolicy-2025-03"
}

resource "aws_transfer_user" "laboratory" {
  server_id           = aws_transfer_server.sftp.id
  user_name           = "laboratory"
  role                = aws_iam_role.upload.arn
  home_directory_type = "LOGICAL"

  home_directory_mappings {
    entry  = "/"
    target = "/acme-sftp-inbox/laboratory"
  }

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::acme-sftp-inbox/laboratory/*" }]
  })
}

resource "aws_iam_role" "upload" {
  name = "acme-sftp-upload"

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

resource "aws_iam_role_policy" "upload" {
  role = aws_iam_role.upload.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:PutObject", Resource = "arn:aws:s3:::acme-sftp-inbox/*" }]
  })
}

resource "aws_lambda_function" "identity" {
  function_name = "acme-sftp-identity"
  role          = "arn:aws:iam::111122223333:role/acme-sftp-identity"
  runtime       = "nodejs20.x"
  handler       = "index.handler"
  s3_bucket     = "acme-code"
  s3_key        = "identity.zip"

  environment {
    variables = {
      DB_PASSWORD = "not-a-real-password"
      LOG_LEVEL   = "info"
    }
  }
}

resource "aws_lambda_permission" "transfer" {
  function_name = aws_lambda_function.identity.function_name
  action        = "lambda:InvokeFunction"
  principal     = "transfer.amazonaws.com"
}

resource "aws_secretsmanager_secret" "vendors" {
  name = "acme-sftp/vendors"
}

resource "aws_secretsmanager_secret_policy" "vendors" {
  secret_arn = aws_secretsmanager_secret.vendors.arn

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*", Principal = { AWS = "arn:aws:iam::111122223333:role/acme-sftp-identity" } }]
  })
}
