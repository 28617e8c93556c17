resource "aws_s3_bucket" "tmf" {
  bucket              = "acme-trial-master-file"
  object_lock_enabled = true

  tags = {
    BucketRole  = "record"
    RecordClass = "trial-master-file"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "tmf" {
  bucket = aws_s3_bucket.tmf.bucket

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 25
    }
  }
}
