# A grant is a right on the key that its policy does not show, and an object of the plan is a record that nobody took in.
resource "aws_kms_key" "raw" {
  description = "records"
}

resource "aws_kms_grant" "vendor" {
  key_id            = aws_kms_key.raw.key_id
  grantee_principal = "arn:aws:iam::111122223333:role/vendor"
  operations        = ["Decrypt"]
}

resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_s3_object" "result" {
  bucket  = aws_s3_bucket.raw.id
  key     = "site-01/result.csv"
  content = "subject,value"
}
