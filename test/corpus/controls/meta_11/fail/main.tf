# A grant is a right on the key that its policy does not show.
resource "aws_kms_key" "raw" {
  description = "records"
}

resource "aws_kms_grant" "vendor" {
  key_id            = aws_kms_key.raw.key_id
  grantee_principal = "arn:aws:iam::111122223333:role/vendor"
  operations        = ["Decrypt"]
}
