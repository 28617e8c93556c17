# Each login, upload and refusal becomes a JSON event in the log group.
resource "aws_transfer_server" "sftp" {
  protocols                   = ["SFTP"]
  structured_log_destinations = ["${aws_cloudwatch_log_group.sftp.arn}:*"]
}

resource "aws_cloudwatch_log_group" "sftp" {
  name              = "/part11/sftp"
  retention_in_days = 0
}
