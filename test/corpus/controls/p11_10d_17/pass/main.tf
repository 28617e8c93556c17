# Whatever is attached to the role later, it never does more than the boundary lists.
resource "aws_iam_policy" "boundary" {
  name = "acme-trial-boundary"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:PutObject", "s3:GetObject", "kms:GenerateDataKey", "kms:Decrypt"]
      Resource = "*"
    }]
  })
}

resource "aws_iam_role" "loader" {
  name                 = "acme-trial-loader"
  permissions_boundary = aws_iam_policy.boundary.arn

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:role/laboratory-gateway" }
    }]
  })
}
