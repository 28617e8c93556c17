# Renaming a bucket replaces it: the bucket with the records is deleted.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw-v2"
  tags   = { BucketRole = "record" }
}
