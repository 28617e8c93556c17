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
      Principal = { AWS = "arn:aws:iam::111122223333:role/statistics" }
      Resource  = "arn:aws:s3:::acme-trial-exports/*"
    }]
  })
}
