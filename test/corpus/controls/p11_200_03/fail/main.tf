# The client sends the password itself, and a server that sees it can sign in with it; tokens stand in an address.
resource "aws_cognito_user_pool" "signers" {
  name = "acme-trial-signers"
}

resource "aws_cognito_user_pool_client" "review" {
  name         = "acme-trial-review"
  user_pool_id = aws_cognito_user_pool.signers.id

  allowed_oauth_flows = ["implicit"]
  explicit_auth_flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}
