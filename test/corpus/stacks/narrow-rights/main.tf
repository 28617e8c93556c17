# Roles with one duty each, under a boundary; deploy role named in part11.yaml. Policies from data sources with literals.
locals {
  account = "111122223333"
  raw     = "arn:aws:s3:::acme-narrow-raw"
}

data "aws_iam_policy_document" "boundary" {
  statement {
    actions   = ["s3:GetObject*", "s3:PutObject", "s3:PutObjectLegalHold", "s3:ListBucket*", "kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["*"]
  }
}

resource "aws_iam_policy" "boundary" {
  name   = "acme-narrow-boundary"
  policy = data.aws_iam_policy_document.boundary.json
}

data "aws_iam_policy_document" "trust" {
  for_each = toset(["writer", "inspector", "custodian", "deployer"])

  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${local.account}:role/sso-${each.key}"]
    }
  }
}

resource "aws_iam_role" "runtime" {
  for_each             = toset(["writer", "inspector", "custodian"])
  name                 = "acme-narrow-${each.key}"
  assume_role_policy   = data.aws_iam_policy_document.trust[each.key].json
  permissions_boundary = "arn:aws:iam::${local.account}:policy/acme-narrow-boundary"
}

resource "aws_iam_role" "deployer" {
  name               = "acme-narrow-deployer"
  assume_role_policy = data.aws_iam_policy_document.trust["deployer"].json
}

data "aws_iam_policy_document" "rights" {
  for_each = {
    writer    = ["s3:PutObject"]
    inspector = ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectRetention", "s3:GetObjectLegalHold"]
    custodian = ["s3:GetObjectLegalHold", "s3:PutObjectLegalHold"]
  }

  statement {
    actions   = each.value
    resources = ["${local.raw}/*"]
  }

  dynamic "statement" {
    for_each = each.key == "inspector" ? [1] : []

    content {
      actions   = ["s3:ListBucket", "s3:ListBucketVersions"]
      resources = [local.raw]
    }
  }

  dynamic "statement" {
    for_each = each.key == "inspector" ? [1] : []

    content {
      actions   = ["kms:Decrypt"]
      resources = ["*"]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.eu-central-1.amazonaws.com"]
      }
    }
  }
}

resource "aws_iam_role_policy" "rights" {
  for_each = data.aws_iam_policy_document.rights
  role     = "acme-narrow-${each.key}"
  policy   = each.value.json

  depends_on = [aws_iam_role.runtime]
}

resource "aws_iam_role_policy" "deployer" {
  role = aws_iam_role.deployer.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:PutBucketPolicy", "s3:PutBucketObjectLockConfiguration", "kms:PutKeyPolicy"]
      Resource = [local.raw, "arn:aws:kms:eu-central-1:${local.account}:key/*"]
    }]
  })
}
