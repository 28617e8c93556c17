# The secret is replaced after 60 days.
resource "aws_secretsmanager_secret" "partner" {
  name = "partner-api"
}

resource "aws_secretsmanager_secret_rotation" "partner" {
  secret_id           = aws_secretsmanager_secret.partner.id
  rotation_lambda_arn = "arn:aws:lambda:eu-central-1:111122223333:function:rotate-partner-api"

  rotation_rules {
    automatically_after_days = 60
  }
}
