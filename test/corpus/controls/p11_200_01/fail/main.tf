# Each signer decides whether a password is enough.
resource "aws_cognito_user_pool" "signers" {
  name              = "acme-trial-signers"
  mfa_configuration = "OPTIONAL"

  software_token_mfa_configuration {
    enabled = true
  }
}
