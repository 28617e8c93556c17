# Seven days after a mistake, nothing under this key can be read again.
resource "aws_kms_key" "raw" {
  description             = "Records of the trial"
  deletion_window_in_days = 7
}
