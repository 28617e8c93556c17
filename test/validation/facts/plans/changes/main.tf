terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

provider "aws" {
  region                      = "eu-west-1"
  access_key                  = "dummy"
  secret_key                  = "dummy"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

resource "terraform_data" "moved_to" {
  input = "same"
}

moved {
  from = terraform_data.moved_from
  to   = terraform_data.moved_to
}

resource "terraform_data" "replaced" {
  triggers_replace = "two"
}

removed {
  from = terraform_data.forgotten
  lifecycle {
    destroy = false
  }
}

resource "terraform_data" "imported" {}

import {
  to = terraform_data.imported
  id = "known-id"
}

resource "aws_kms_key" "records" {
  deletion_window_in_days = 7
}

resource "aws_s3_bucket" "gone" {
  count = 0
}

resource "aws_s3_bucket_server_side_encryption_configuration" "by_id" {
  bucket = "acme-elsewhere"
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = "0f0e0d0c-1111-2222-3333-444455556666"
    }
  }
}
