# Audit events are gone after 90 days, the records stay seven years.
resource "aws_cloudwatch_log_group" "audit" {
  name              = "/acme/trial/audit"
  retention_in_days = 90
}
