# Reads every version with its retention and legal hold, decrypts through S3, and writes nothing.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-trial-raw"
  object_lock_enabled = true
  tags                = { BucketRole = "record" }
}

resource "aws_kms_key" "raw" {}

resource "aws_s3_bucket_server_side_encryption_configuration" "raw" {
  bucket = aws_s3_bucket.raw.bucket

  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = aws_kms_key.raw.arn
    }
  }
}

resource "aws_iam_role" "inspector" {
  name = "acme-trial-inspector"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:role/quality" }
    }]
  })
}

data "aws_iam_policy_document" "inspector" {
  statement {
    actions   = ["s3:ListBucketVersions"]
    resources = ["arn:aws:s3:::acme-trial-raw"]
  }

  statement {
    actions   = ["s3:GetObjectVersion", "s3:GetObjectRetention", "s3:GetObjectLegalHold"]
    resources = ["arn:aws:s3:::acme-trial-raw/*"]
  }

  statement {
    actions   = ["kms:Decrypt"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = ["s3.eu-central-1.amazonaws.com"]
    }
  }
}

resource "aws_iam_role_policy" "inspector" {
  role   = aws_iam_role.inspector.name
  policy = data.aws_iam_policy_document.inspector.json
}
