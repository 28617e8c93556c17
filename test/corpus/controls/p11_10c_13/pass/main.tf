# Seven years are 2557 days, leap days counted.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-trial-raw"
  object_lock_enabled = true
  tags                = { BucketRole = "record" }
}

data "aws_iam_policy_document" "raw" {
  statement {
    sid       = "NobodyDeletesVersions"
    effect    = "Deny"
    actions   = ["s3:DeleteObjectVersion"]
    resources = ["arn:aws:s3:::acme-trial-raw/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }
  }

  statement {
    sid       = "NobodyRetainsForLess"
    effect    = "Deny"
    actions   = ["s3:PutObject", "s3:PutObjectRetention"]
    resources = ["arn:aws:s3:::acme-trial-raw/*"]

    principals {
      type        = "*"
      identifiers = ["*"]
    }

    condition {
      test     = "NumericLessThan"
      variable = "s3:object-lock-remaining-retention-days"
      values   = ["2557"]
    }
  }
}

resource "aws_s3_bucket_policy" "raw" {
  bucket = aws_s3_bucket.raw.bucket
  policy = data.aws_iam_policy_document.raw.json
}
