# The default security group is as AWS made it, and the function's subnet is public.
resource "aws_vpc" "data" {
  cidr_block = "10.20.0.0/24"
}

resource "aws_subnet" "functions" {
  vpc_id                  = aws_vpc.data.id
  cidr_block              = "10.20.0.0/26"
  map_public_ip_on_launch = true
}
