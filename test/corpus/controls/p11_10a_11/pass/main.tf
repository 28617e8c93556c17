# Ingest starts when the server says that the upload is complete.
resource "aws_transfer_server" "sftp" {
  protocols              = ["SFTP"]
  identity_provider_type = "SERVICE_MANAGED"
}

resource "aws_cloudwatch_event_rule" "uploads" {
  name = "uploads"
  event_pattern = jsonencode({
    source      = ["aws.transfer"]
    detail-type = ["SFTP Server File Upload Completed"]
  })
}

resource "aws_cloudwatch_event_target" "uploads" {
  rule = aws_cloudwatch_event_rule.uploads.name
  arn  = "arn:aws:sqs:eu-central-1:111122223333:uploads"
}
