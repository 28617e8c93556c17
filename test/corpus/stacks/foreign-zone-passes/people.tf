# One duty a role, and none of them may do more than the boundary lists.
locals {
  with_second_factor = {
    Principal = { AWS = "arn:aws:iam::${local.account_id}:root" }
    Condition = { Bool = { "aws:MultiFactorAuthPresent" = "true" } }
  }
}

resource "aws_iam_policy" "boundary" {
  name = "${local.name}-boundary"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = [
        "kms:Decrypt",
        "kms:Encrypt",
        "kms:GenerateDataKey",
        "logs:CreateLogStream",
        "logs:PutLogEvents",
        "s3:GetObject*",
        "s3:GetReplicationConfiguration",
        "s3:ListBucket*",
        "s3:PutObject",
        "s3:PutObjectLegalHold",
        "s3:ReplicateObject",
        "s3:ReplicateTags",
        "sqs:SendMessage",
      ]
      Resource = "*"
    }]
  })
}

# The container that takes what laboratories send and puts it into the records; parts of a large object take Decrypt, too.
module "loader" {
  source   = "./modules/role"
  name     = "${local.name}-loader"
  boundary = aws_iam_policy.boundary.arn

  trust = {
    Principal = { Service = "ecs-tasks.amazonaws.com" }
    Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
  }

  statements = [
    {
      Effect   = "Allow"
      Action   = "s3:PutObject"
      Resource = "arn:aws:s3:::${local.name}-records/*"
    },
    {
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = "arn:aws:kms:${local.region}:${local.account_id}:key/*"
      Condition = {
        StringEquals               = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" }
        "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/${local.name}-records" }
      }
    },
  ]
}

module "inspector" {
  source   = "./modules/role"
  name     = "${local.name}-inspector"
  boundary = aws_iam_policy.boundary.arn
  trust    = local.with_second_factor

  statements = [
    {
      Effect   = "Allow"
      Action   = ["s3:ListBucket", "s3:ListBucketVersions"]
      Resource = [for name in keys(local.kept) : "arn:aws:s3:::${local.name}-${name}"]
    },
    {
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:GetObjectVersion"]
      Resource = [for name in keys(local.kept) : "arn:aws:s3:::${local.name}-${name}/*"]
    },
    {
      Effect    = "Allow"
      Action    = "kms:Decrypt"
      Resource  = "*"
      Condition = { StringEquals = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" } }
    },
  ]
}

module "custodian" {
  source   = "./modules/role"
  name     = "${local.name}-custodian"
  boundary = aws_iam_policy.boundary.arn
  trust    = local.with_second_factor

  statements = [{
    Effect   = "Allow"
    Action   = ["s3:GetObjectLegalHold", "s3:PutObjectLegalHold"]
    Resource = "arn:aws:s3:::${local.name}-records/*"
  }]
}
