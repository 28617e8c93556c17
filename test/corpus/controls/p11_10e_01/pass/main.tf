# Without selectors a trail records all management events.
resource "aws_cloudtrail" "audit" {
  name                          = "acme-trial-audit"
  s3_bucket_name                = "acme-trial-audit"
  enable_logging                = true
  is_multi_region_trail         = true
  include_global_service_events = true
}
