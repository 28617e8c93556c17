# The key's policy says who may use it.
resource "aws_kms_key" "raw" {
  description = "records"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Vendor"
      Effect    = "Allow"
      Principal = { AWS = "arn:aws:iam::111122223333:role/vendor" }
      Action    = "kms:Decrypt"
      Resource  = "*"
    }]
  })
}
