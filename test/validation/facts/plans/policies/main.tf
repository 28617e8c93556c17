terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

variable "password" {
  default   = "canary-7f3a-in-clear"
  sensitive = true
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "dummy"
  secret_key                  = "dummy"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

resource "aws_s3_bucket" "raw" {
  bucket = "acme-raw"
}

resource "aws_kms_key" "raw" {
  policy = jsonencode({
    Statement = { Effect = "Allow", Principal = { AWS = "*" }, Action = "KMS:*", Resource = "*" }
  })
}

resource "aws_s3_bucket_policy" "literal" {
  bucket = "acme-raw"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Tls", Effect = "Deny", Principal = "*", Action = "s3:*", Resource = ["arn:aws:s3:::acme-raw/*", "arn:aws:s3:::acme-raw"], Condition = { Bool = { "aws:SecureTransport" = false } } },
      { Sid = "Home", Principal = { AWS = "arn:aws:iam::111122223333:role/acme-writer" }, NotAction = ["s3:GetObject"], Resource = "arn:aws:s3:::acme-raw/$${aws:username}" },
    ]
  })
}

resource "aws_iam_role" "writer" {
  name                 = "acme-writer"
  permissions_boundary = aws_iam_policy.limit.arn
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Principal = { Service = "transfer.amazonaws.com" }, Action = "sts:AssumeRole" }]
  })
}

data "aws_iam_policy_document" "write" {
  statement {
    sid       = "Write"
    actions   = ["s3:PutObject"]
    resources = [aws_s3_bucket.raw.arn]
  }
  statement {
    effect    = "Deny"
    actions   = ["s3:DeleteObjectVersion"]
    resources = ["*"]
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["111122223333"]
    }
  }
}

resource "aws_iam_role_policy" "deferred" {
  role   = aws_iam_role.writer.id
  policy = data.aws_iam_policy_document.write.json
}

resource "aws_iam_role_policy" "hidden" {
  role = "acme-writer"
  policy = jsonencode({
    Statement = [{ Effect = "Allow", Action = "s3:*", Resource = aws_s3_bucket.raw.arn }]
  })
}

resource "aws_iam_role_policy" "secret" {
  role = "acme-writer"
  policy = jsonencode({
    Statement = [{ Sid = var.password, Effect = "Allow", Action = "s3:GetObject", Resource = "*" }]
  })
}

resource "aws_iam_policy" "limit" {
  name   = "acme-limit"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:*", Resource = "*" }] })
}

resource "aws_iam_policy" "read" {
  name   = "acme-read"
  policy = jsonencode({ Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::acme-raw/*" }] })
}

resource "aws_iam_role_policy_attachment" "read" {
  role       = aws_iam_role.writer.name
  policy_arn = aws_iam_policy.read.arn
}

resource "aws_iam_role_policy_attachment" "admin" {
  role       = aws_iam_role.writer.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_role_policy_attachment" "elsewhere" {
  role       = aws_iam_role.writer.name
  policy_arn = "arn:aws:iam::444455556666:policy/theirs"
}

resource "aws_lambda_permission" "events" {
  action        = "lambda:InvokeFunction"
  function_name = "acme-fn"
  principal     = "events.amazonaws.com"
  source_arn    = "arn:aws:events:eu-west-1:111122223333:rule/arrival"
}

resource "aws_secretsmanager_secret_version" "password" {
  secret_id     = "acme-secret"
  secret_string = var.password
}

resource "aws_sqs_queue" "arrivals" {
  name = "acme-arrivals"
}

resource "aws_sqs_queue_policy" "arrivals" {
  queue_url = "https://sqs.eu-west-1.amazonaws.com/111122223333/acme-arrivals"
  policy    = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "events.amazonaws.com" }, Action = "sqs:SendMessage", Resource = "arn:aws:sqs:eu-west-1:111122223333:acme-arrivals" }] })
}
