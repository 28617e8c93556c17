# Inside a VPC, in two zones, behind a security group of its own. Elastic addresses make it reachable from outside.
resource "aws_transfer_server" "sftp" {
  endpoint_type = "VPC"
  protocols     = ["SFTP"]

  endpoint_details {
    vpc_id                 = aws_vpc.sftp.id
    subnet_ids             = [aws_subnet.a.id, aws_subnet.b.id]
    security_group_ids     = [aws_security_group.sftp.id]
    address_allocation_ids = [aws_eip.a.id, aws_eip.b.id]
  }
}

resource "aws_vpc" "sftp" {
  cidr_block = "10.20.0.0/24"
}

resource "aws_subnet" "a" {
  vpc_id            = aws_vpc.sftp.id
  cidr_block        = "10.20.0.0/26"
  availability_zone = "eu-central-1a"
}

resource "aws_subnet" "b" {
  vpc_id            = aws_vpc.sftp.id
  cidr_block        = "10.20.0.64/26"
  availability_zone = "eu-central-1b"
}

resource "aws_security_group" "sftp" {
  name        = "sftp"
  description = "SFTP from the networks of the senders"
  vpc_id      = aws_vpc.sftp.id
}

resource "aws_eip" "a" {
  domain = "vpc"
}

resource "aws_eip" "b" {
  domain = "vpc"
}
