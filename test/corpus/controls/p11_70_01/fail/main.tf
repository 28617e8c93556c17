# A symmetric key: whoever can verify with it can also sign.
resource "aws_kms_key" "sign" {
  description = "Signatures of the final data review"
  tags        = { Part11Role = "sign" }
}
