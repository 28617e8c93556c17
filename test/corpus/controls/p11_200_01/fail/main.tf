# Each signer decides whether a password is enough, or a code sent to a mailbox, and a device once remembered answers for him.
resource "aws_cognito_user_pool" "signers" {
  name              = "acme-trial-signers"
  mfa_configuration = "OPTIONAL"

  software_token_mfa_configuration {
    enabled = true
  }

  sign_in_policy {
    allowed_first_auth_factors = ["PASSWORD", "EMAIL_OTP"]
  }

  device_configuration {
    challenge_required_on_new_device = true
  }
}
