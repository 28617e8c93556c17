# The copy stands in the same region: what ends the region ends both.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_s3_bucket" "copy" {
  bucket = "acme-trial-raw-copy"
  tags   = { BucketRole = "replica" }
}

resource "aws_s3_bucket_replication_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "copy"
    status = "Enabled"

    destination {
      bucket = "arn:aws:s3:::acme-trial-raw-copy"
    }
  }
}
