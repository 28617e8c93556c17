# SSE-S3: no key policy stands between the data and whoever may read the bucket.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
