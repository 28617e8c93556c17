# S3 calls an object created when the connection breaks in the middle of an upload, too.
resource "aws_transfer_server" "sftp" {
  protocols              = ["SFTP"]
  identity_provider_type = "SERVICE_MANAGED"
}

resource "aws_cloudwatch_event_rule" "landed" {
  name = "landed"
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail      = { bucket = { name = ["acme-trial-raw"] } }
  })
}

resource "aws_cloudwatch_event_target" "ingest" {
  rule = aws_cloudwatch_event_rule.landed.name
  arn  = "arn:aws:lambda:eu-central-1:111122223333:function:ingest"
}
