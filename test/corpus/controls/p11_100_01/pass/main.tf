# The rule about case is fixed for good when the pool is made.
resource "aws_cognito_user_pool" "signers" {
  name                = "acme-trial-signers"
  deletion_protection = "ACTIVE"

  admin_create_user_config {
    allow_admin_create_user_only = true
  }

  username_configuration {
    case_sensitive = false
  }
}
