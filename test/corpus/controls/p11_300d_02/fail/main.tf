# Refused logins are counted and the alarm rings, but nobody is subscribed to the topic.
resource "aws_transfer_server" "sftp" {
  structured_log_destinations = ["${aws_cloudwatch_log_group.sftp.arn}:*"]
}

resource "aws_cloudwatch_log_group" "sftp" {
  name = "/part11/sftp"
}

resource "aws_cloudwatch_log_metric_filter" "refused" {
  name           = "sftp-refused-logins"
  log_group_name = aws_cloudwatch_log_group.sftp.name
  pattern        = "{ $.\"activity-type\" = \"AUTH_FAILURE\" }"

  metric_transformation {
    namespace = "Sftp"
    name      = "RefusedLogins"
    value     = "1"
  }
}

resource "aws_cloudwatch_metric_alarm" "refused" {
  alarm_name          = "sftp-refused-logins"
  namespace           = "Sftp"
  metric_name         = "RefusedLogins"
  statistic           = "Sum"
  period              = 60
  evaluation_periods  = 1
  threshold           = 3
  comparison_operator = "GreaterThanOrEqualToThreshold"
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.security.arn]
}

resource "aws_sns_topic" "security" {
  name = "security"
}

