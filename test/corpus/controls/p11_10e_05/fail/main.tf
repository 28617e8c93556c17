# Encrypted by S3 alone: whoever reads the bucket reads the trail.
resource "aws_cloudtrail" "audit" {
  name           = "acme-trial-audit"
  s3_bucket_name = "acme-trial-audit"
}
