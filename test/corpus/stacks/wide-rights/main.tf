# How rights grow over the years: a user with a key, a group of administrators, NotAction, a managed policy for everything.
resource "aws_iam_user" "etl" {
  name = "etl"
}

resource "aws_iam_access_key" "etl" {
  user = aws_iam_user.etl.name
}

resource "aws_iam_user_login_profile" "etl" {
  user = aws_iam_user.etl.name
}

resource "aws_iam_user_policy" "etl" {
  user = aws_iam_user.etl.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:Put*", "s3:Delete*"], Resource = "arn:aws:s3:::acme-wide-*" }]
  })
}

resource "aws_iam_user_policy_attachment" "etl" {
  user       = aws_iam_user.etl.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
}

resource "aws_iam_group" "data" {
  name = "data"
}

resource "aws_iam_group_policy" "data" {
  group = aws_iam_group.data.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", NotAction = ["iam:*"], Resource = "*" }]
  })
}

resource "aws_iam_group_policy_attachment" "data" {
  group      = aws_iam_group.data.name
  policy_arn = "arn:aws:iam::aws:policy/AdministratorAccess"
}

resource "aws_iam_policy" "readers" {
  name = "readers"

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["s3:GetObject", "s3:ListBucket"], Resource = ["arn:aws:s3:::acme-wide-raw", "arn:aws:s3:::acme-wide-raw/*"] }]
  })
}

resource "aws_iam_policy_attachment" "readers" {
  name       = "readers"
  policy_arn = aws_iam_policy.readers.arn
  groups     = [aws_iam_group.data.name]
}

resource "aws_iam_role" "batch" {
  name = "batch"

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { AWS = "*" } }]
  })
}

resource "aws_iam_role_policy_attachment" "batch" {
  role       = aws_iam_role.batch.name
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}
