# The alarm rings, but nobody is subscribed to its topic; keys, policies and the trail are not watched at all.
resource "aws_sns_topic" "alerts" {
  name = "acme-trial-alerts"
}

resource "aws_cloudwatch_event_rule" "locks" {
  name = "acme-trial-lock-changes"

  event_pattern = jsonencode({
    source = ["aws.s3"]
    detail = { eventName = ["PutBucketObjectLockConfiguration", "PutBucketVersioning"] }
  })
}

resource "aws_cloudwatch_event_target" "locks" {
  rule = aws_cloudwatch_event_rule.locks.name
  arn  = aws_sns_topic.alerts.arn
}
