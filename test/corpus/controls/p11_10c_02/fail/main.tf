# GOVERNANCE yields to everybody who holds s3:BypassGovernanceRetention.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-trial-raw"
  object_lock_enabled = true
  tags                = { BucketRole = "record" }
}

resource "aws_s3_bucket_object_lock_configuration" "raw" {
  bucket = aws_s3_bucket.raw.id

  rule {
    default_retention {
      mode  = "GOVERNANCE"
      years = 7
    }
  }
}
