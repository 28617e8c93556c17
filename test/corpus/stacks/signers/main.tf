# A user pool for signers as it comes by default: no second factor, self sign-up, passwords in clear flows.
resource "aws_cognito_user_pool" "signers" {
  name = "acme-signers"
}

resource "aws_cognito_user_pool_client" "signing" {
  name                = "signing"
  user_pool_id        = aws_cognito_user_pool.signers.id
  explicit_auth_flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}

resource "aws_cognito_managed_user_pool_client" "search" {
  name_prefix  = "AmazonOpenSearchService-acme-"
  user_pool_id = "eu-central-1_AbCdEfGhI"
}

resource "aws_cognito_risk_configuration" "signers" {
  user_pool_id = aws_cognito_user_pool.signers.id

  compromised_credentials_risk_configuration {
    actions {
      event_action = "NO_ACTION"
    }
  }
}

resource "aws_secretsmanager_secret" "pepper" {
  name = "acme-signers/pepper"
}

resource "aws_secretsmanager_secret_rotation" "pepper" {
  secret_id           = aws_secretsmanager_secret.pepper.id
  rotation_lambda_arn = "arn:aws:lambda:eu-central-1:111122223333:function:acme-rotate"

  rotation_rules {
    automatically_after_days = 365
  }
}

resource "aws_kms_key" "signature" {
  description              = "Signatures"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "ECC_NIST_P256"
}
