# A destroy first empties the bucket.
resource "aws_s3_bucket" "raw" {
  bucket        = "acme-trial-raw"
  force_destroy = true
  tags          = { BucketRole = "record" }
}
