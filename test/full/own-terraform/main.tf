# SPDX-License-Identifier: Apache-2.0
# A small stack of a team of its own: one bucket for records, tagged, and one for its results, mapped in part11.yaml.
terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "5.100.0"
    }
  }

  backend "s3" {
    bucket = "acme-terraform"
    key    = "records.tfstate"
    region = "eu-central-1"
  }
}

provider "aws" {
  region = "eu-central-1"
}

provider "aws" {
  alias  = "copies"
  region = "eu-west-1"
}

variable "lock_mode" {
  type    = string
  default = "COMPLIANCE"
}

locals {
  account_id = "111122223333"

  tags = {
    ChangeRef   = "CHG-7"
    DataType    = "clinical-trial"
    Environment = "qualification"
    GxP         = "true"
    Owner       = "clinical-data-office"
    RecordClass = "clinical"
    Retention   = "1 day"
    SystemId    = "REC-1"
  }
}

module "records" {
  source    = "./modules/bucket"
  name      = "acme-records-${local.account_id}"
  lock_mode = var.lock_mode
  tags      = merge(local.tags, { BucketRole = "record" })
}

module "copies" {
  source    = "./modules/bucket"
  providers = { aws = aws.copies }
  name      = "acme-copies-${local.account_id}"
  lock_mode = var.lock_mode
  tags      = local.tags
}
