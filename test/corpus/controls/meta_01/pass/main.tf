# A whole plan: complete, without errors, of format 1.x.
resource "aws_sns_topic" "alerts" {
  name = "acme-trial-alerts"
}
