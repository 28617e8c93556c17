resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"

  tags = {
    BucketRole  = "record"
    ChangeRef   = "CHG-1042"
    DataType    = "clinical-trial"
    Environment = "production"
    GxP         = "true"
    Owner       = "clinical-data-office"
    RecordClass = "clinical"
    Retention   = "7 years"
    SystemId    = "LZ-CLIN"
  }
}
