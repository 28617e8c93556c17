# Who writes records also sets their locks.
resource "aws_iam_role" "loader" {
  name = "acme-trial-loader"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:role/laboratory-gateway" }
    }]
  })
}

resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_iam_role_policy" "loader" {
  role = aws_iam_role.loader.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:PutObject", "s3:PutBucketObjectLockConfiguration"]
      Resource = ["arn:aws:s3:::acme-trial-raw", "arn:aws:s3:::acme-trial-raw/*"]
    }]
  })
}
