resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
}

resource "aws_s3_bucket" "logs" {
  bucket = "acme-trial-access-logs"
}

resource "aws_s3_bucket_logging" "raw" {
  bucket        = aws_s3_bucket.raw.bucket
  target_bucket = aws_s3_bucket.logs.bucket
  target_prefix = "raw/"
}

data "aws_iam_policy_document" "logs" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::acme-trial-access-logs/*"]

    principals {
      type        = "Service"
      identifiers = ["logging.s3.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = ["111122223333"]
    }
  }
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.bucket
  policy = data.aws_iam_policy_document.logs.json
}
