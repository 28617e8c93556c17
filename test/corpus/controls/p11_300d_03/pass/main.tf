# Each kind of event has its filter on the trail's log group, its alarm, and a topic that somebody reads.
locals {
  watched = {
    denied-deletes = "{ ($.eventName = \"DeleteObject*\") && ($.errorCode = \"AccessDenied\") }"
    trail-changes  = "{ ($.eventName = \"StopLogging\") || ($.eventName = \"DeleteTrail\") || ($.eventName = \"UpdateTrail\") || ($.eventName = \"PutEventSelectors\") }"
    key-changes    = "{ ($.eventName = \"DisableKey\") || ($.eventName = \"PutKeyPolicy\") || ($.eventName = \"ScheduleKeyDeletion\") }"
    policy-changes = "{ ($.eventName = \"PutBucketPolicy\") || ($.eventName = \"DeleteBucketPolicy\") || ($.eventSource = \"iam.amazonaws.com\") }"
    lock-changes   = "{ ($.eventName = \"PutBucketObjectLockConfiguration\") || ($.eventName = \"PutBucketVersioning\") }"
    root-use       = "{ $.userIdentity.type = \"Root\" }"
  }
}

resource "aws_cloudwatch_log_group" "audit" {
  name = "/acme/trial/audit"
}

resource "aws_cloudtrail" "audit" {
  name                       = "acme-trial-audit"
  s3_bucket_name             = "acme-trial-audit"
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.audit.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/audit-delivery"
}

resource "aws_sns_topic" "alerts" {
  name = "acme-trial-alerts"
}

resource "aws_sns_topic_subscription" "quality" {
  topic_arn = aws_sns_topic.alerts.arn
  protocol  = "email"
  endpoint  = "quality@example.org"
}

resource "aws_cloudwatch_log_metric_filter" "watched" {
  for_each       = local.watched
  name           = each.key
  pattern        = each.value
  log_group_name = aws_cloudwatch_log_group.audit.name

  metric_transformation {
    namespace = "AcmeTrial"
    name      = each.key
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "watched" {
  for_each            = local.watched
  alarm_name          = "acme-trial-${each.key}"
  namespace           = "AcmeTrial"
  metric_name         = each.key
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.alerts.arn]
}
