# A landing zone as people wrote it before provider 4: everything within aws_s3_bucket.
resource "aws_kms_key" "raw" {
  description         = "records"
  enable_key_rotation = true
}

resource "aws_iam_role" "replication" {
  name               = "replication"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "s3.amazonaws.com" } }] })
}

resource "aws_s3_bucket" "replica" {
  bucket = "acme-raw-replica"
  versioning {
    enabled = true
  }
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-logs"
  acl    = "log-delivery-write"
}

resource "aws_s3_bucket" "raw" {
  bucket = "acme-raw"
  tags   = { BucketRole = "record" }

  versioning {
    enabled = true
  }

  object_lock_configuration {
    object_lock_enabled = "Enabled"
    rule {
      default_retention {
        mode = "GOVERNANCE"
        days = 1
      }
    }
  }

  server_side_encryption_configuration {
    rule {
      bucket_key_enabled = true
      apply_server_side_encryption_by_default {
        sse_algorithm     = "aws:kms"
        kms_master_key_id = aws_kms_key.raw.arn
      }
    }
  }

  lifecycle_rule {
    id      = "expire"
    enabled = true
    expiration {
      days = 30
    }
    noncurrent_version_expiration {
      days = 10
    }
  }

  logging {
    target_bucket = aws_s3_bucket.logs.id
    target_prefix = "raw/"
  }

  replication_configuration {
    role = aws_iam_role.replication.arn
    rules {
      id     = "all"
      status = "Enabled"
      destination {
        bucket = aws_s3_bucket.replica.arn
      }
    }
  }
}
