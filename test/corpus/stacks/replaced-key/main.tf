# The key of the records is replaced: what was encrypted with the old one is lost when it is gone.
resource "terraform_data" "generation" {
  input = 2
}

resource "aws_kms_key" "raw" {
  description             = "Records"
  enable_key_rotation     = true
  deletion_window_in_days = 30

  lifecycle {
    replace_triggered_by = [terraform_data.generation]
  }
}

resource "aws_s3_bucket" "raw" {
  bucket = "acme-replaced-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.raw.arn
    }
  }
}
