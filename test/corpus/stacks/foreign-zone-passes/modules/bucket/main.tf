# A bucket of the house: private, versioned, under its own key, and locked where it is given years.
variable "name" { type = string }
variable "kms_key_arn" { type = string }
variable "tags" { type = map(string) }

variable "retention_years" {
  type    = number
  default = null
}

variable "statements" {
  description = "What the bucket's policy says beyond the house rules."
  type        = any
  default     = []
}

locals {
  arn     = "arn:aws:s3:::${var.name}"
  objects = "${local.arn}/*"

  transport = [
    {
      Sid       = "OnlyTls"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [local.arn, local.objects]
      Condition = { Bool = { "aws:SecureTransport" = "false" } }
    },
    {
      Sid       = "OnlyTls12"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:*"
      Resource  = [local.arn, local.objects]
      Condition = { NumericLessThan = { "s3:TlsVersion" = "1.2" } }
    },
  ]

  retention = [
    {
      Sid       = "NobodyDeletesVersions"
      Effect    = "Deny"
      Principal = "*"
      Action    = "s3:DeleteObjectVersion"
      Resource  = local.objects
    },
    {
      Sid       = "NobodyRetainsForLess"
      Effect    = "Deny"
      Principal = "*"
      Action    = ["s3:PutObject", "s3:PutObjectRetention"]
      Resource  = local.objects
      # A year has 365.25 days, a day begun counts whole.
      Condition = {
        NumericLessThan = { "s3:object-lock-remaining-retention-days" = tostring(ceil(coalesce(var.retention_years, 0) * 365.25)) }
      }
    },
  ]
}

resource "aws_s3_bucket" "this" {
  bucket              = var.name
  object_lock_enabled = var.retention_years != null
  tags                = var.tags

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.bucket

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "this" {
  count  = var.retention_years == null ? 0 : 1
  bucket = aws_s3_bucket.this.bucket

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = var.retention_years
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_s3_bucket_public_access_block" "this" {
  bucket                  = aws_s3_bucket.this.bucket
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_ownership_controls" "this" {
  bucket = aws_s3_bucket.this.bucket

  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}

resource "aws_s3_bucket_server_side_encryption_configuration" "this" {
  bucket = aws_s3_bucket.this.bucket

  rule {
    bucket_key_enabled = true

    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = var.kms_key_arn
    }
  }
}

resource "aws_s3_bucket_policy" "this" {
  bucket = aws_s3_bucket.this.bucket

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.transport, [for one in local.retention : one if var.retention_years != null], var.statements)
  })
}

output "name" {
  value = aws_s3_bucket.this.bucket
}

output "arn" {
  value = aws_s3_bucket.this.arn
}
