resource "aws_kms_key" "sign" {
  description              = "Signatures of the final data review"
  key_usage                = "SIGN_VERIFY"
  customer_master_key_spec = "ECC_NIST_P256"
}
