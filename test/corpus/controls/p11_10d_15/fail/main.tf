# Everything that S3 can do, on every bucket there is.
resource "aws_iam_policy" "loader" {
  name = "acme-trial-loader"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:*"
      Resource = "*"
    }]
  })
}
