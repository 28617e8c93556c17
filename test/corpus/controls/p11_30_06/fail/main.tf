# The queue is under the service's own key, whose policy nobody can write; the topic is not encrypted at all.
resource "aws_sqs_queue" "incoming" {
  name              = "acme-trial-incoming"
  kms_master_key_id = "alias/aws/sqs"
}

resource "aws_sns_topic" "alerts" {
  name = "acme-trial-alerts"
}
