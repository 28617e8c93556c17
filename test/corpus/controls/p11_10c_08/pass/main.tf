# Both are locked for seven years.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-trial-raw"
  object_lock_enabled = true
  tags                = { BucketRole = "record" }
}

resource "aws_s3_bucket" "copy" {
  bucket              = "acme-trial-raw-copy"
  object_lock_enabled = true
  tags                = { BucketRole = "replica" }
}

resource "aws_s3_bucket_object_lock_configuration" "both" {
  for_each = { (aws_s3_bucket.raw.bucket) = 7, (aws_s3_bucket.copy.bucket) = 7 }
  bucket   = each.key

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = each.value
    }
  }
}

resource "aws_s3_bucket_replication_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket
  role   = "arn:aws:iam::111122223333:role/replication"

  rule {
    id     = "copy"
    status = "Enabled"

    destination {
      bucket = aws_s3_bucket.copy.arn
    }
  }
}
