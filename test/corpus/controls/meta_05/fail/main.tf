# With a range the next `terraform init` may bring a provider that nobody qualified.
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.0"
    }
  }
}

resource "aws_sns_topic" "alerts" {
  name = "acme-trial-alerts"
}
