# A site in the records' account: public by policy and by ACL, with the account's block switched off for it.
resource "aws_s3_account_public_access_block" "account" {
  block_public_policy = false
}

resource "aws_s3_bucket" "site" {
  bucket = "acme-trial-site"
}

resource "aws_s3_bucket_public_access_block" "site" {
  bucket                  = aws_s3_bucket.site.id
  block_public_acls       = false
  block_public_policy     = false
  ignore_public_acls      = false
  restrict_public_buckets = false
}

resource "aws_s3_bucket_ownership_controls" "site" {
  bucket = aws_s3_bucket.site.id

  rule {
    object_ownership = "ObjectWriter"
  }
}

resource "aws_s3_bucket_acl" "site" {
  bucket = aws_s3_bucket.site.id
  acl    = "public-read"
}

resource "aws_s3_bucket_policy" "site" {
  bucket = aws_s3_bucket.site.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Sid = "World", Effect = "Allow", Action = "s3:GetObject", Principal = { AWS = "*" }, Resource = "arn:aws:s3:::acme-trial-site/*" }]
  })
}
