# An inspector cannot tell which system this bucket belongs to, nor who answers for it.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { Name = "raw data" }
}
