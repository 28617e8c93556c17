# Planned with -target, so what else is in the configuration was not looked at.
resource "aws_sns_topic" "alerts" {
  name = "acme-trial-alerts"
}
