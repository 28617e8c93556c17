resource "aws_kms_key" "messages" {
  description = "Messages about records"
}

resource "aws_sqs_queue" "incoming" {
  name              = "acme-trial-incoming"
  kms_master_key_id = aws_kms_key.messages.arn
}

resource "aws_sns_topic" "alerts" {
  name              = "acme-trial-alerts"
  kms_master_key_id = aws_kms_key.messages.arn
}
