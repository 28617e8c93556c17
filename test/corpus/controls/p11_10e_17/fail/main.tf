# Files arrive in S3 after some minutes, and nobody watches them.
resource "aws_cloudtrail" "audit" {
  name           = "acme-trial-audit"
  s3_bucket_name = "acme-trial-audit"
}
