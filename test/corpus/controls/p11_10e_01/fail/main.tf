# Data events replace the default selector: nothing that is done to keys, roles and buckets is recorded.
resource "aws_cloudtrail" "audit" {
  name                  = "acme-trial-audit"
  s3_bucket_name        = "acme-trial-audit"
  is_multi_region_trail = true

  advanced_event_selector {
    name = "objects"

    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }

    field_selector {
      field  = "resources.type"
      equals = ["AWS::S3::Object"]
    }
  }
}
