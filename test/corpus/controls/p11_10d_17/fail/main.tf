# Whoever may attach policies can make this role an administrator.
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
