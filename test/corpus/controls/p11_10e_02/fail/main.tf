# A log file that is edited or taken away leaves no trace.
resource "aws_cloudtrail" "audit" {
  name                       = "acme-trial-audit"
  s3_bucket_name             = "acme-trial-audit"
  enable_log_file_validation = false
}
