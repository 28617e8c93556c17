# A topic without a key of its own; the waiver beside has run out and lets nothing through any more.
resource "aws_sns_topic" "alerts" {
  name = "acme-trial-alerts"
}
