# The provider goes to AWS as whoever runs Terraform.
provider "aws" {
  alias  = "replica"
  region = "eu-west-1"
}

resource "aws_s3_bucket" "replica" {
  provider = aws.replica
  bucket   = "acme-raw-replica"
}
