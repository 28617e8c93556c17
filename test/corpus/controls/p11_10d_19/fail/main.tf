# The endpoint lets everything through: whoever is inside may carry records to a bucket of a stranger.
resource "aws_vpc_endpoint" "s3" {
  vpc_id          = "vpc-0a1b2c3d4e5f60718"
  service_name    = "com.amazonaws.eu-central-1.s3"
  route_table_ids = ["rtb-0a1b2c3d4e5f60718"]
}
