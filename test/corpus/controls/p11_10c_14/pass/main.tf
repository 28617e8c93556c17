# One role sets and lifts holds.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-trial-raw"
  object_lock_enabled = true
  tags                = { BucketRole = "record" }
}

resource "aws_iam_role" "custodian" {
  name = "acme-trial-custodian"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:role/records-management" }
    }]
  })
}

resource "aws_iam_role_policy" "hold" {
  role = aws_iam_role.custodian.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObjectLegalHold", "s3:PutObjectLegalHold"]
      Resource = "arn:aws:s3:::acme-trial-raw/*"
    }]
  })
}
