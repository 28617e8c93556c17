resource "aws_cognito_user_pool" "signers" {
  name = "acme-trial-signers"

  password_policy {
    minimum_length                   = 14
    require_lowercase                = true
    require_numbers                  = true
    require_symbols                  = true
    require_uppercase                = true
    password_history_size            = 12
    temporary_password_validity_days = 1
  }
}
