resource "aws_kms_key" "raw" {
  description             = "Records of the trial"
  deletion_window_in_days = 30
}
