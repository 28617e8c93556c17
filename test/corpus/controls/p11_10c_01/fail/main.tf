# Whoever may delete versions can remove a record for good.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}
