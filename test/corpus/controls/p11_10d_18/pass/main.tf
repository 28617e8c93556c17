# The default security group is emptied, and subnets give out no public addresses.
resource "aws_vpc" "data" {
  cidr_block = "10.20.0.0/24"
}

resource "aws_default_security_group" "closed" {
  vpc_id = aws_vpc.data.id
}

resource "aws_subnet" "functions" {
  vpc_id                  = aws_vpc.data.id
  cidr_block              = "10.20.0.0/26"
  map_public_ip_on_launch = false
}

resource "aws_vpc_endpoint" "secrets" {
  vpc_id            = aws_vpc.data.id
  vpc_endpoint_type = "Interface"
  service_name      = "com.amazonaws.eu-central-1.secretsmanager"
  subnet_ids        = [aws_subnet.functions.id]
}
