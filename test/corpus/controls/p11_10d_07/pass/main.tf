# SFTP, and nothing else.
resource "aws_transfer_server" "sftp" {
  protocols = ["SFTP"]
}
