# Threat protection that only writes down what it sees; a leaked password still opens the account.
resource "aws_cognito_user_pool" "signers" {
  name           = "acme-trial-signers"
  user_pool_tier = "PLUS"

  user_pool_add_ons {
    advanced_security_mode = "AUDIT"
  }
}
