resource "aws_s3_bucket" "raw" {
  bucket        = "acme-trial-raw"
  force_destroy = false
  tags          = { BucketRole = "record" }
}
