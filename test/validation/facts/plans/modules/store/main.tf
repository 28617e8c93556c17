terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

variable "name" {}
variable "key_arn" {}

resource "aws_s3_bucket" "records" {
  bucket              = var.name
  object_lock_enabled = true
}

resource "aws_s3_bucket_server_side_encryption_configuration" "records" {
  bucket = aws_s3_bucket.records.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.key_arn
    }
  }
}

module "lock" {
  source = "./lock"
  bucket = aws_s3_bucket.records.id
}

output "bucket" { value = aws_s3_bucket.records.id }
output "key" { value = var.key_arn }
