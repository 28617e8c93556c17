# One version, and its hashes in .terraform.lock.hcl beside this file.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

resource "aws_sns_topic" "alerts" {
  name = "acme-trial-alerts"
}
