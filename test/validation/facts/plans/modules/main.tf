terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }
}

variable "region" { default = "eu-west-1" }

provider "aws" {
  region                      = var.region
  access_key                  = "dummy"
  secret_key                  = "dummy"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
  default_tags {
    tags = { GxP = "true" }
  }
}

provider "aws" {
  alias                       = "replica"
  region                      = "eu-central-1"
  access_key                  = "dummy"
  secret_key                  = "dummy"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  skip_requesting_account_id  = true
}

resource "aws_kms_key" "records" {
  enable_key_rotation = true
}

resource "aws_kms_alias" "records" {
  name          = "alias/records"
  target_key_id = aws_kms_key.records.key_id
}

module "store" {
  source   = "./store"
  for_each = toset(["raw", "x\"].y"])
  name     = "acme-${each.key == "raw" ? "raw" : "odd"}"
  key_arn  = aws_kms_key.records.arn
}

module "copy" {
  source    = "./store"
  name      = "acme-copy"
  key_arn   = "alias/records"
  providers = { aws = aws.replica }
}

resource "aws_s3_bucket_versioning" "by_key" {
  for_each = toset(["raw", "x\"].y"])
  bucket   = module.store[each.key].bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_versioning" "one_of_many" {
  bucket = values(module.store)[0].bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket" "counted" {
  count  = 2
  bucket = "acme-counted-${count.index}"
}

resource "aws_s3_bucket_versioning" "by_index" {
  count  = 2
  bucket = aws_s3_bucket.counted[count.index].id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_versioning" "second" {
  bucket = aws_s3_bucket.counted[1].id
  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_versioning" "by_name" {
  bucket = aws_s3_bucket.counted[0].bucket
  versioning_configuration {
    status = "Enabled"
  }
}

resource "terraform_data" "notify" {
  provisioner "local-exec" {
    command = "true"
  }
}
