# A role for the old log format, no destination for structured logs.
resource "aws_transfer_server" "sftp" {
  protocols    = ["SFTP"]
  logging_role = "arn:aws:iam::111122223333:role/transfer-logging"
}
