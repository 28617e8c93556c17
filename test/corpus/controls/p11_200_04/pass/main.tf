resource "aws_cognito_user_pool" "signers" {
  name = "acme-trial-signers"
}

resource "aws_cognito_user_pool_client" "review" {
  name         = "acme-trial-review"
  user_pool_id = aws_cognito_user_pool.signers.id

  access_token_validity  = 15
  id_token_validity      = 15
  refresh_token_validity = 8
  auth_session_validity  = 3

  enable_token_revocation = true

  token_validity_units {
    access_token  = "minutes"
    id_token      = "minutes"
    refresh_token = "hours"
  }
}
