# Two roles may lift a legal hold: nobody answers for it.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-trial-raw"
  object_lock_enabled = true
  tags                = { BucketRole = "record" }
}

resource "aws_iam_role" "holder" {
  for_each = toset(["custodian", "loader"])
  name     = "acme-trial-${each.key}"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:role/${each.key}" }
    }]
  })
}

resource "aws_iam_role_policy" "hold" {
  for_each = aws_iam_role.holder
  role     = each.value.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "s3:PutObjectLegalHold"
      Resource = "arn:aws:s3:::acme-trial-raw/*"
    }]
  })
}
