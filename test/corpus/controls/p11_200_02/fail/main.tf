# The second factor comes as a text message: whoever holds the number receives it.
resource "aws_cognito_user_pool" "signers" {
  name              = "acme-trial-signers"
  mfa_configuration = "ON"

  sms_configuration {
    external_id    = "acme-trial"
    sns_caller_arn = "arn:aws:iam::111122223333:role/acme-trial-text-messages"
  }
}
