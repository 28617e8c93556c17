# Without a policy the bucket answers over plain HTTP.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
}
