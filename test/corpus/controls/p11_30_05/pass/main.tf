# Key exchange with ML-KEM, no SHA-1.
resource "aws_transfer_server" "sftp" {
  protocols            = ["SFTP"]
  security_policy_name = "TransferSecurityPolicy-2025-03"
}
