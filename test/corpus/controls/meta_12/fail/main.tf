# Whoever runs this endpoint sees every object of the replica.
provider "aws" {
  alias  = "replica"
  region = "eu-west-1"

  endpoints {
    s3 = "https://s3.example.org"
  }
}

resource "aws_s3_bucket" "replica" {
  provider = aws.replica
  bucket   = "acme-raw-replica"
}
