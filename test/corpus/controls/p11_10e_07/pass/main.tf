# CloudTrail alone, and only for this trail.
resource "aws_s3_bucket" "audit" {
  bucket = "acme-trial-audit"
  tags   = { BucketRole = "audit" }
}

data "aws_iam_policy_document" "audit" {
  statement {
    actions   = ["s3:GetBucketAcl"]
    resources = ["arn:aws:s3:::acme-trial-audit"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }
  }

  statement {
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::acme-trial-audit/AWSLogs/111122223333/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceArn"
      values   = ["arn:aws:cloudtrail:eu-central-1:111122223333:trail/acme-trial-audit"]
    }
  }
}

resource "aws_s3_bucket_policy" "audit" {
  bucket = aws_s3_bucket.audit.bucket
  policy = data.aws_iam_policy_document.audit.json
}
