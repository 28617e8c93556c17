# Anybody may sign up, "Smith" and "smith" may be two people, and the pool can be deleted in passing.
resource "aws_cognito_user_pool" "signers" {
  name = "acme-trial-signers"
}
