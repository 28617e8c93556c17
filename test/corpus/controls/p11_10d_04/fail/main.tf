# Whoever knows the name of the bucket reads it.
resource "aws_s3_bucket" "exports" {
  bucket = "acme-trial-exports"
}

resource "aws_s3_bucket_policy" "exports" {
  bucket = aws_s3_bucket.exports.bucket

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Sid       = "Read"
      Effect    = "Allow"
      Action    = "s3:GetObject"
      Principal = "*"
      Resource  = "arn:aws:s3:::acme-trial-exports/*"
    }]
  })
}
