resource "aws_cognito_user_pool" "signers" {
  name           = "acme-trial-signers"
  user_pool_tier = "PLUS"

  user_pool_add_ons {
    advanced_security_mode = "ENFORCED"
  }
}

resource "aws_cognito_risk_configuration" "signers" {
  user_pool_id = aws_cognito_user_pool.signers.id

  compromised_credentials_risk_configuration {
    actions {
      event_action = "BLOCK"
    }
  }
}
