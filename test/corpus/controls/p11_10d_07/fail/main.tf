# FTPS beside SFTP: certificates and passwords instead of keys.
resource "aws_transfer_server" "sftp" {
  protocols   = ["SFTP", "FTPS"]
  certificate = "arn:aws:acm:eu-central-1:111122223333:certificate/5f0c1d2e-3a4b-4c5d-8e6f-708192a3b4c5"
}
