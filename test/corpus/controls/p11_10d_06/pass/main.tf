# Port 22 is open to the one network that sftpCidrs of part11.yaml lists.
resource "aws_transfer_server" "sftp" {
  endpoint_type = "VPC"

  endpoint_details {
    vpc_id             = "vpc-0a1b2c3d4e5f60718"
    subnet_ids         = ["subnet-0a1b2c3d4e5f60718", "subnet-1b2c3d4e5f6071829"]
    security_group_ids = [aws_security_group.sftp.id]
  }
}

resource "aws_security_group" "sftp" {
  name        = "sftp"
  description = "SFTP"
  vpc_id      = "vpc-0a1b2c3d4e5f60718"
}

resource "aws_vpc_security_group_ingress_rule" "laboratory" {
  security_group_id = aws_security_group.sftp.id
  description       = "Acme central laboratory"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = "203.0.113.0/24"
}
