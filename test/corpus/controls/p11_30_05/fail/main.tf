# No policy stated: the provider takes the one of 2018, with SHA-1 and CBC.
resource "aws_transfer_server" "sftp" {
  protocols = ["SFTP"]
}
