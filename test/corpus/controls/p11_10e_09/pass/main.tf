# 0 days: events never expire; a destroy leaves the group in place.
resource "aws_kms_key" "logs" {}

resource "aws_cloudwatch_log_group" "audit" {
  name              = "/acme/trial/audit"
  retention_in_days = 0
  kms_key_id        = aws_kms_key.logs.arn
  skip_destroy      = true
}
