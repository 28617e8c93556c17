# 15 in a unit that is not written is 15 hours; a session is renewed for 30 days.
resource "aws_cognito_user_pool" "signers" {
  name = "acme-trial-signers"
}

resource "aws_cognito_user_pool_client" "review" {
  name         = "acme-trial-review"
  user_pool_id = aws_cognito_user_pool.signers.id

  access_token_validity = 15
  id_token_validity     = 15
  auth_session_validity = 3

  enable_token_revocation = true
}
