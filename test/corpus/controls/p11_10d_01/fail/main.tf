# One flag is missing: a bucket policy may still open the bucket.
resource "aws_s3_bucket" "exports" {
  bucket = "acme-trial-exports"
}

resource "aws_s3_bucket_public_access_block" "exports" {
  bucket                  = aws_s3_bucket.exports.bucket
  block_public_acls       = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
