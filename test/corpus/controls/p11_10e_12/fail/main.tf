# The audit trail is lost with its region.
resource "aws_s3_bucket" "audit" {
  bucket              = "acme-trial-audit"
  object_lock_enabled = true
  tags                = { BucketRole = "audit" }
}
