# A topic without a key of its own, which the waiver beside lets through until its last day.
resource "aws_sns_topic" "alerts" {
  name = "acme-trial-alerts"
}
