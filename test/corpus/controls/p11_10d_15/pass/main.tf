resource "aws_iam_policy" "loader" {
  name = "acme-trial-loader"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:PutObject", "s3:PutObjectTagging"]
      Resource = "arn:aws:s3:::acme-trial-raw/incoming/*"
    }]
  })
}
