# Objects under SSE-KMS stay behind, and a delete marker hides the copy with the original.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_s3_bucket_replication_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "copy"
    status = "Enabled"

    filter {}

    delete_marker_replication {
      status = "Enabled"
    }

    destination {
      bucket = "arn:aws:s3:::acme-trial-raw-copy"
    }
  }
}
