# The help desk sets both a new password and a new second factor, and then signs as the person who called.
data "aws_iam_policy_document" "help_desk" {
  statement {
    actions   = ["cognito-idp:AdminSetUserPassword", "cognito-idp:AdminSetUserMFAPreference"]
    resources = ["arn:aws:cognito-idp:eu-central-1:111122223333:userpool/*"]
  }
}

resource "aws_iam_role" "help_desk" {
  name = "acme-trial-help-desk"

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

resource "aws_iam_role_policy" "help_desk" {
  role   = aws_iam_role.help_desk.name
  policy = data.aws_iam_policy_document.help_desk.json
}
