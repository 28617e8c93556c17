# Any account's trail, and a role of ours, may write files that look like our audit trail.
resource "aws_s3_bucket" "audit" {
  bucket = "acme-trial-audit"
  tags   = { BucketRole = "audit" }
}

data "aws_iam_policy_document" "audit" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::acme-trial-audit/*"]

    principals {
      type        = "Service"
      identifiers = ["cloudtrail.amazonaws.com"]
    }

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::111122223333:role/loader"]
    }
  }
}

resource "aws_s3_bucket_policy" "audit" {
  bucket = aws_s3_bucket.audit.bucket
  policy = data.aws_iam_policy_document.audit.json
}
