# Whoever asks learns which of a list of names has an account.
resource "aws_cognito_user_pool" "signers" {
  name = "acme-trial-signers"
}

resource "aws_cognito_user_pool_client" "review" {
  name         = "acme-trial-review"
  user_pool_id = aws_cognito_user_pool.signers.id

  prevent_user_existence_errors = "LEGACY"
}
