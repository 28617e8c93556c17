# Arrivals go through a queue with a dead-letter queue that nobody watches; the topic's policy lets any account publish.
resource "aws_kms_key" "messages" {
  enable_key_rotation = true
}

resource "aws_sns_topic" "arrivals" {
  name              = "acme-arrivals"
  kms_master_key_id = aws_kms_key.messages.arn
}

resource "aws_sns_topic_policy" "arrivals" {
  arn = aws_sns_topic.arrivals.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Sid = "Everybody", Effect = "Allow", Action = "sns:Publish", Principal = "*", Resource = "arn:aws:sns:eu-central-1:111122223333:acme-arrivals" },
      {
        Sid       = "Tls"
        Effect    = "Deny"
        Action    = "sns:Publish"
        Principal = "*"
        Resource  = "arn:aws:sns:eu-central-1:111122223333:acme-arrivals"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_sns_topic_subscription" "arrivals" {
  topic_arn = aws_sns_topic.arrivals.arn
  protocol  = "sqs"
  endpoint  = aws_sqs_queue.arrivals.arn
}

resource "aws_sqs_queue" "arrivals" {
  name              = "acme-arrivals"
  kms_master_key_id = aws_kms_key.messages.arn
}

resource "aws_sqs_queue" "dead_letters" {
  name                    = "acme-arrivals-dead-letters"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue_redrive_policy" "arrivals" {
  queue_url = aws_sqs_queue.arrivals.id

  redrive_policy = jsonencode({
    deadLetterTargetArn = "arn:aws:sqs:eu-central-1:111122223333:acme-arrivals-dead-letters"
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue_policy" "arrivals" {
  queue_url = aws_sqs_queue.arrivals.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sqs:SendMessage"
        Principal = { Service = "sns.amazonaws.com" }
        Resource  = "arn:aws:sqs:eu-central-1:111122223333:acme-arrivals"
        Condition = { ArnEquals = { "aws:SourceArn" = "arn:aws:sns:eu-central-1:111122223333:acme-arrivals" } }
      },
      {
        Effect    = "Deny"
        Action    = "sqs:*"
        Principal = "*"
        Resource  = "arn:aws:sqs:eu-central-1:111122223333:acme-arrivals"
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_cloudwatch_event_rule" "root" {
  name          = "acme-root-use"
  event_pattern = jsonencode({ detail = { userIdentity = { type = ["Root"] } } })
}

resource "aws_cloudwatch_event_target" "root" {
  rule = aws_cloudwatch_event_rule.root.name
  arn  = aws_sns_topic.arrivals.arn
}
