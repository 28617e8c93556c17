# Only writes are recorded: who read the record, nobody can say.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_cloudtrail" "audit" {
  name           = "acme-trial-audit"
  s3_bucket_name = "acme-trial-audit"

  event_selector {
    read_write_type = "WriteOnly"

    data_resource {
      type   = "AWS::S3::Object"
      values = ["arn:aws:s3:::acme-trial-raw/"]
    }
  }
}
