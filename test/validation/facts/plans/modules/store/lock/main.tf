terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "bucket" {}

resource "aws_s3_bucket_object_lock_configuration" "lock" {
  bucket = var.bucket
  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 7
    }
  }
}
