resource "aws_cloudtrail" "audit" {
  name                       = "acme-trial-audit"
  s3_bucket_name             = "acme-trial-audit"
  enable_log_file_validation = true
}
