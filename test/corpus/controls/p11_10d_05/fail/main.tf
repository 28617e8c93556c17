# An endpoint on the internet, which is what a server gets that says nothing.
resource "aws_transfer_server" "sftp" {
  protocols            = ["SFTP"]
  security_policy_name = "TransferSecurityPolicy-2025-03"
}
