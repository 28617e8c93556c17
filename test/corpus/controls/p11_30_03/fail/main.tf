# The key never changes, and its policy is whatever IAM says.
resource "aws_kms_key" "raw" {
  description = "Records of the trial"
}
