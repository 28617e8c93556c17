resource "aws_cognito_user_pool" "signers" {
  name              = "acme-trial-signers"
  mfa_configuration = "ON"

  software_token_mfa_configuration {
    enabled = true
  }
}
