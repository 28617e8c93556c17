# Eight characters, none of them checked against earlier passwords, and a first password that waits for a week.
resource "aws_cognito_user_pool" "signers" {
  name = "acme-trial-signers"

  password_policy {
    minimum_length    = 8
    require_lowercase = true
    require_uppercase = true
  }
}
