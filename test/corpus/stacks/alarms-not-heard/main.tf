# Filters and alarms are all there; the topic has no subscription and one alarm is switched off.
resource "aws_cloudwatch_log_group" "audit" {
  name = "/acme/unheard/audit"
}

resource "aws_cloudtrail" "audit" {
  name                       = "acme-unheard"
  s3_bucket_name             = "acme-unheard-audit"
  is_multi_region_trail      = true
  enable_log_file_validation = true
  cloud_watch_logs_group_arn = "${aws_cloudwatch_log_group.audit.arn}:*"
  cloud_watch_logs_role_arn  = "arn:aws:iam::111122223333:role/acme-unheard-delivery"
}

resource "aws_sns_topic" "security" {
  name = "acme-unheard-security"
}

resource "aws_cloudwatch_log_metric_filter" "security" {
  for_each       = { root = "{ $.userIdentity.type = \"Root\" }", trail = "{ $.eventName = \"StopLogging\" }" }
  name           = each.key
  pattern        = each.value
  log_group_name = aws_cloudwatch_log_group.audit.name

  metric_transformation {
    namespace = "Unheard"
    name      = each.key
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "security" {
  for_each            = { root = true, trail = false }
  alarm_name          = "acme-unheard-${each.key}"
  namespace           = "Unheard"
  metric_name         = each.key
  statistic           = "Sum"
  comparison_operator = "GreaterThanOrEqualToThreshold"
  threshold           = 1
  period              = 300
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  actions_enabled     = each.value
  alarm_actions       = [aws_sns_topic.security.arn]
}
