# Each object that lands is hashed by one function, whose log nobody shortens; what could not be hashed waits in a queue.
locals {
  function_name = "${local.name}-hash"
}

resource "aws_s3_bucket_notification" "records" {
  bucket      = module.bucket["records"].name
  eventbridge = true
}

resource "aws_cloudwatch_event_rule" "landed" {
  name = "${local.name}-landed"

  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail      = { bucket = { name = ["${local.name}-records"] } }
  })
}

resource "aws_cloudwatch_event_target" "hash" {
  rule = aws_cloudwatch_event_rule.landed.name
  arn  = aws_lambda_function.hash.arn

  dead_letter_config {
    arn = aws_sqs_queue.not_hashed.arn
  }
}

resource "aws_lambda_permission" "landed" {
  function_name = aws_lambda_function.hash.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  source_arn    = local.rule_arn
}

resource "aws_signer_signing_profile" "releases" {
  platform_id = "AWSLambda-SHA384-ECDSA"
}

resource "aws_lambda_code_signing_config" "releases" {
  allowed_publishers {
    signing_profile_version_arns = [aws_signer_signing_profile.releases.version_arn]
  }

  policies {
    untrusted_artifact_on_deployment = "Enforce"
  }
}

resource "aws_lambda_function" "hash" {
  function_name           = local.function_name
  role                    = module.hash_role.arn
  runtime                 = "nodejs22.x"
  handler                 = "index.handler"
  s3_bucket               = "acme-releases"
  s3_key                  = "hash/1.4.0.zip"
  source_code_hash        = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
  code_signing_config_arn = aws_lambda_code_signing_config.releases.arn

  dead_letter_config {
    target_arn = aws_sqs_queue.not_hashed.arn
  }
}

resource "aws_cloudwatch_log_group" "hash" {
  name              = "/aws/lambda/${local.function_name}"
  retention_in_days = 0
  kms_key_id        = module.logs_key.arn
  skip_destroy      = true
  tags              = local.tags

  lifecycle {
    prevent_destroy = true
  }
}

module "hash_role" {
  source   = "./modules/role"
  name     = local.function_name
  boundary = aws_iam_policy.boundary.arn
  trust = {
    Principal = { Service = "lambda.amazonaws.com" }
    Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
  }

  statements = [
    {
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:GetObjectVersion"]
      Resource = "arn:aws:s3:::${local.name}-records/*"
    },
    {
      Effect   = "Allow"
      Action   = "kms:Decrypt"
      Resource = "arn:aws:kms:${local.region}:${local.account_id}:key/*"
      Condition = {
        StringEquals               = { "kms:ViaService" = "s3.${local.region}.amazonaws.com" }
        "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/${local.name}-records" }
      }
    },
    {
      Effect   = "Allow"
      Action   = "sqs:SendMessage"
      Resource = "arn:aws:sqs:${local.region}:${local.account_id}:${local.name}-not-hashed"
    },
    {
      Effect   = "Allow"
      Action   = ["kms:Decrypt", "kms:GenerateDataKey"]
      Resource = "arn:aws:kms:${local.region}:${local.account_id}:key/*"
      Condition = {
        StringEquals               = { "kms:ViaService" = "sqs.${local.region}.amazonaws.com" }
        "ForAnyValue:StringEquals" = { "kms:ResourceAliases" = "alias/${local.name}-messages" }
      }
    },
    {
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "arn:aws:logs:${local.region}:${local.account_id}:log-group:/aws/lambda/${local.function_name}:*"
    },
  ]
}

module "messages_key" {
  source     = "./modules/key"
  name       = "${local.name}-messages"
  account_id = local.account_id
  tags       = local.tags

  services = [{
    Sid       = "Messages"
    Effect    = "Allow"
    Principal = { Service = ["cloudwatch.amazonaws.com", "events.amazonaws.com"] }
    Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
    Resource  = "*"
    Condition = { StringEquals = { "aws:SourceAccount" = local.account_id } }
  }]
}

resource "aws_sqs_queue" "not_hashed" {
  name                      = "${local.name}-not-hashed"
  message_retention_seconds = 1209600
  kms_master_key_id         = module.messages_key.arn
}

resource "aws_sqs_queue_policy" "not_hashed" {
  queue_url = aws_sqs_queue.not_hashed.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "OnlyTls"
        Effect    = "Deny"
        Principal = "*"
        Action    = "sqs:*"
        Resource  = "arn:aws:sqs:${local.region}:${local.account_id}:${local.name}-not-hashed"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Sid       = "NotDelivered"
        Effect    = "Allow"
        Principal = { Service = "events.amazonaws.com" }
        Action    = "sqs:SendMessage"
        Resource  = "arn:aws:sqs:${local.region}:${local.account_id}:${local.name}-not-hashed"
        Condition = { ArnEquals = { "aws:SourceArn" = local.rule_arn } }
      },
    ]
  })
}
