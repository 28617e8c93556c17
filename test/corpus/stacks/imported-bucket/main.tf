# A bucket that was made by hand comes under Terraform; the plan takes it over as it is, public access block and all.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-imported-raw"
  object_lock_enabled = true
  tags                = { BucketRole = "record" }
}

resource "aws_s3_bucket_public_access_block" "raw" {
  bucket                  = aws_s3_bucket.raw.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
