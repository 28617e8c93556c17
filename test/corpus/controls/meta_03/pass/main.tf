# The resource gets a better name, the bucket stays.
resource "aws_s3_bucket" "records" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

moved {
  from = aws_s3_bucket.raw
  to   = aws_s3_bucket.records
}
