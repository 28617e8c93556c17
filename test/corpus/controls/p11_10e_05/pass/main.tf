resource "aws_kms_key" "audit" {
  description = "Audit trail of the trial"
}

resource "aws_cloudtrail" "audit" {
  name           = "acme-trial-audit"
  s3_bucket_name = "acme-trial-audit"
  kms_key_id     = aws_kms_key.audit.arn
}
