# Two buckets log into a third one, which delivers; a fourth logs into itself.
locals {
  logs = "acme-logging-logs"
}

resource "aws_s3_bucket" "source" {
  for_each = toset(["raw", "curated"])
  bucket   = "acme-logging-${each.key}"
  tags     = { BucketRole = "record" }
}

resource "aws_s3_bucket" "logs" {
  bucket = local.logs
  tags   = { BucketRole = "access-log" }
}

resource "aws_s3_bucket" "circle" {
  bucket = "acme-logging-circle"
}

resource "aws_s3_bucket_logging" "source" {
  for_each      = aws_s3_bucket.source
  bucket        = each.value.bucket
  target_bucket = aws_s3_bucket.logs.bucket
  target_prefix = "${each.key}/"
}

resource "aws_s3_bucket_logging" "circle" {
  bucket        = aws_s3_bucket.circle.bucket
  target_bucket = aws_s3_bucket.circle.bucket
  target_prefix = "self/"
}

resource "aws_s3_bucket_server_side_encryption_configuration" "logs" {
  bucket = aws_s3_bucket.logs.bucket

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.bucket

  policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": [
        {
          "Sid": "Delivery",
          "Effect": "Allow",
          "Action": "s3:PutObject",
          "Principal": { "Service": "logging.s3.amazonaws.com" },
          "Resource": "arn:aws:s3:::${local.logs}/*",
          "Condition": { "ArnLike": { "aws:SourceArn": "arn:aws:s3:::acme-logging-*" }, "StringEquals": { "aws:SourceAccount": "111122223333" } }
        },
        {
          "Sid": "Tls",
          "Effect": "Deny",
          "Action": "s3:*",
          "Principal": "*",
          "Resource": ["arn:aws:s3:::${local.logs}", "arn:aws:s3:::${local.logs}/*"],
          "Condition": { "Bool": { "aws:SecureTransport": "false" } }
        },
        {
          "Sid": "Tls12",
          "Effect": "Deny",
          "Action": "s3:*",
          "Principal": "*",
          "Resource": ["arn:aws:s3:::${local.logs}", "arn:aws:s3:::${local.logs}/*"],
          "Condition": { "NumericLessThan": { "s3:TlsVersion": "1.2" } }
        }
      ]
    }
  JSON
}
