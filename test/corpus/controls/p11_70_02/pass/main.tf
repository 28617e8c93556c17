# Administrators cannot sign unless they change the policy first, and the trail shows that.
resource "aws_kms_key" "sign" {
  description              = "Signatures of the final data review"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "ECC_NIST_P256"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/acme-trial-administration" }
        Action    = ["kms:DescribeKey", "kms:GetKeyPolicy", "kms:PutKeyPolicy", "kms:TagResource"]
        Resource  = "*"
      },
      {
        Effect    = "Allow"
        Principal = { AWS = "arn:aws:iam::111122223333:role/acme-trial-sign" }
        Action    = ["kms:Sign", "kms:GetPublicKey"]
        Resource  = "*"
      },
    ]
  })
}
