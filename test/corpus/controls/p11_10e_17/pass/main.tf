resource "aws_cloudwatch_log_group" "audit" {
  name = "/acme/trial/audit"
}

resource "aws_iam_role" "delivery" {
  name = "acme-trial-audit-delivery"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "cloudtrail.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy" "delivery" {
  name = "deliver"
  role = aws_iam_role.delivery.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "arn:aws:logs:eu-central-1:111122223333:log-group:/acme/trial/audit:log-stream:*"
    }]
  })
}

resource "aws_cloudtrail" "audit" {
  name                       = "acme-trial-audit"
  s3_bucket_name             = "acme-trial-audit"
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.audit.arn}:*"
  cloud_watch_logs_role_arn  = aws_iam_role.delivery.arn
}
