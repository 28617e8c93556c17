resource "aws_cognito_user_pool" "signers" {
  name = "acme-trial-signers"
}

resource "aws_cognito_user_pool_client" "review" {
  name         = "acme-trial-review"
  user_pool_id = aws_cognito_user_pool.signers.id

  explicit_auth_flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}
