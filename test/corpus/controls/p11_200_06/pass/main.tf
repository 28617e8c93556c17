# Two roles, for two people: neither can take over an account without the other.
data "aws_iam_policy_document" "passwords" {
  statement {
    actions   = ["cognito-idp:AdminSetUserPassword"]
    resources = ["arn:aws:cognito-idp:eu-central-1:111122223333:userpool/*"]
  }
}

resource "aws_iam_role" "passwords" {
  name = "acme-trial-passwords"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
    }]
  })
}

resource "aws_iam_role_policy" "passwords" {
  role   = aws_iam_role.passwords.name
  policy = data.aws_iam_policy_document.passwords.json
}

data "aws_iam_policy_document" "second_factors" {
  statement {
    actions   = ["cognito-idp:AdminSetUserMFAPreference"]
    resources = ["arn:aws:cognito-idp:eu-central-1:111122223333:userpool/*"]
  }
}

resource "aws_iam_role" "second_factors" {
  name = "acme-trial-second-factors"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
      Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
    }]
  })
}

resource "aws_iam_role_policy" "second_factors" {
  role   = aws_iam_role.second_factors.name
  policy = data.aws_iam_policy_document.second_factors.json
}

# Text messages are a second factor, so whoever holds the phone must not also reset the password with it.
resource "aws_cognito_user_pool" "signers" {
  name              = "acme-trial-signers"
  mfa_configuration = "ON"

  sms_configuration {
    external_id    = "acme-trial"
    sns_caller_arn = "arn:aws:iam::111122223333:role/acme-trial-text-messages"
  }

  account_recovery_setting {
    recovery_mechanism {
      name     = "admin_only"
      priority = 1
    }
  }
}
