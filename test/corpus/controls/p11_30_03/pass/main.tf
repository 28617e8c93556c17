resource "aws_kms_key" "raw" {
  description         = "Records of the trial"
  enable_key_rotation = true

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "Account"
        Effect    = "Allow"
        Action    = "kms:*"
        Principal = { AWS = "arn:aws:iam::111122223333:root" }
        Resource  = "*"
      },
      {
        Sid       = "Administrators"
        Effect    = "Allow"
        Action    = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:PutKeyPolicy", "kms:EnableKeyRotation"]
        Principal = { AWS = "arn:aws:iam::111122223333:role/key-administrator" }
        Resource  = "*"
      },
    ]
  })
}
