# Port 22 is open to the whole internet.
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

  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
}
