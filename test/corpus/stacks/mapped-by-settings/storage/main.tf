resource "aws_s3_bucket" "landing" {
  bucket              = "acme-prod-landing"
  object_lock_enabled = true
}

resource "aws_s3_bucket" "warehouse" {
  bucket              = "acme-prod-warehouse"
  object_lock_enabled = true
}

resource "aws_s3_bucket" "scratch" {
  bucket = "acme-prod-scratch"
}

resource "aws_s3_bucket_object_lock_configuration" "landing" {
  bucket = aws_s3_bucket.landing.bucket

  rule {
    default_retention {
      mode = "COMPLIANCE"
      days = 7
    }
  }
}

resource "aws_s3_bucket_object_lock_configuration" "warehouse" {
  bucket = aws_s3_bucket.warehouse.bucket

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = 7
    }
  }
}
