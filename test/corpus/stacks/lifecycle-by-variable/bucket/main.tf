variable "name" {
  type = string
}

variable "rules" {
  type = list(object({
    id                      = string
    days                    = optional(number)
    storage_class           = optional(string)
    expire_after            = optional(number)
    noncurrent_expire_after = optional(number)
  }))
}

resource "aws_s3_bucket" "this" {
  bucket = var.name
  tags   = { BucketRole = "record" }
}

resource "aws_s3_bucket_lifecycle_configuration" "this" {
  bucket = aws_s3_bucket.this.bucket

  dynamic "rule" {
    for_each = var.rules

    content {
      id     = rule.value.id
      status = "Enabled"

      filter {}

      dynamic "transition" {
        for_each = rule.value.storage_class == null ? [] : [1]

        content {
          days          = rule.value.days
          storage_class = rule.value.storage_class
        }
      }

      dynamic "expiration" {
        for_each = rule.value.expire_after == null ? [] : [1]

        content {
          days = rule.value.expire_after
        }
      }

      dynamic "noncurrent_version_expiration" {
        for_each = rule.value.noncurrent_expire_after == null ? [] : [1]

        content {
          noncurrent_days = rule.value.noncurrent_expire_after
        }
      }
    }
  }
}
