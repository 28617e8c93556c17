# The flow log leaves out refused attempts.
resource "aws_vpc" "sftp" {
  cidr_block = "10.20.0.0/24"
}

resource "aws_transfer_server" "sftp" {
  endpoint_type = "VPC"

  endpoint_details {
    vpc_id     = aws_vpc.sftp.id
    subnet_ids = ["subnet-0a1b2c3d4e5f60718", "subnet-1b2c3d4e5f6071829"]
  }
}

resource "aws_flow_log" "sftp" {
  vpc_id          = aws_vpc.sftp.id
  traffic_type    = "ACCEPT"
  log_destination = "arn:aws:logs:eu-central-1:111122223333:log-group:flow-logs"
  iam_role_arn    = "arn:aws:iam::111122223333:role/flow-logs"
}
