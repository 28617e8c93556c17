# What arrives in the inbox starts a state machine over a queue and a function; code and DAGs are uploaded by Terraform.
resource "aws_s3_bucket" "inbox" {
  bucket = "acme-processing-inbox"
  tags   = { BucketRole = "inbox" }
}

resource "aws_sqs_queue" "arrivals" {
  name = "acme-processing-arrivals"
}

resource "aws_s3_bucket_notification" "inbox" {
  bucket = aws_s3_bucket.inbox.id

  queue {
    queue_arn = aws_sqs_queue.arrivals.arn
    events    = ["s3:ObjectCreated:*"]
  }
}

resource "aws_lambda_function" "dispatch" {
  function_name = "acme-processing-dispatch"
  role          = "arn:aws:iam::111122223333:role/acme-processing-dispatch"
  runtime       = "python3.12"
  handler       = "dispatch.handler"
  s3_bucket     = "acme-code"
  s3_key        = "dispatch.zip"
}

resource "aws_lambda_event_source_mapping" "arrivals" {
  event_source_arn = aws_sqs_queue.arrivals.arn
  function_name    = aws_lambda_function.dispatch.function_name
}

resource "aws_lambda_function_event_invoke_config" "dispatch" {
  function_name          = aws_lambda_function.dispatch.function_name
  maximum_retry_attempts = 0
}

resource "aws_sfn_state_machine" "pipeline" {
  name     = "acme-processing"
  role_arn = "arn:aws:iam::111122223333:role/acme-processing"

  definition = jsonencode({
    StartAt = "Dispatch"
    States  = { Dispatch = { Type = "Task", Resource = aws_lambda_function.dispatch.arn, End = true } }
  })
}

resource "aws_s3_object" "dag" {
  bucket  = "acme-processing-dags"
  key     = "dags/load.py"
  content = "print('load')"
}

resource "aws_s3_object_copy" "requirements" {
  bucket = "acme-processing-dags"
  key    = "requirements.txt"
  source = "acme-code/requirements.txt"
}

resource "aws_dynamodb_table" "ledger" {
  name         = "acme-processing-ledger"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "record"

  attribute {
    name = "record"
    type = "S"
  }
}

resource "aws_dynamodb_resource_policy" "ledger" {
  resource_arn = aws_dynamodb_table.ledger.arn

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = ["dynamodb:GetItem", "dynamodb:Query"]
      Principal = { AWS = "arn:aws:iam::111122223333:role/acme-inspector" }
      Resource  = "arn:aws:dynamodb:eu-central-1:111122223333:table/acme-processing-ledger"
    }]
  })
}
