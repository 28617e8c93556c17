# The secret is never replaced.
resource "aws_secretsmanager_secret" "partner" {
  name = "partner-api"
}

