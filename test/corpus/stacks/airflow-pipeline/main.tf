# Processing: an Airflow environment, a ledger table, a function, their log groups; everything but the table under one key.
resource "aws_kms_key" "pipeline" {
  enable_key_rotation = true
}

resource "aws_s3_bucket" "dags" {
  bucket = "acme-pipeline-dags"
}

resource "aws_mwaa_environment" "pipeline" {
  name               = "acme-pipeline"
  dag_s3_path        = "dags/"
  source_bucket_arn  = aws_s3_bucket.dags.arn
  execution_role_arn = "arn:aws:iam::111122223333:role/acme-pipeline"
  kms_key            = aws_kms_key.pipeline.arn

  network_configuration {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0123456789abcdef1"]
  }
}

resource "aws_dynamodb_table" "ledger" {
  name         = "acme-pipeline-ledger"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "record"

  attribute {
    name = "record"
    type = "S"
  }

  server_side_encryption {
    enabled = true
  }
}

resource "aws_lambda_function" "ingest" {
  function_name = "acme-pipeline-ingest"
  role          = "arn:aws:iam::111122223333:role/acme-pipeline-ingest"
  runtime       = "python3.12"
  handler       = "ingest.handler"
  s3_bucket     = "acme-code"
  s3_key        = "ingest.zip"
  kms_key_arn   = aws_kms_key.pipeline.arn

  environment {
    variables = { LEDGER_TABLE = aws_dynamodb_table.ledger.name }
  }
}

resource "aws_cloudwatch_log_group" "ingest" {
  name              = "/aws/lambda/acme-pipeline-ingest"
  retention_in_days = 3653
  kms_key_id        = aws_kms_key.pipeline.arn
  skip_destroy      = true
}

resource "aws_sns_topic" "on_call" {
  name              = "acme-pipeline-on-call"
  kms_master_key_id = aws_kms_key.pipeline.arn
}

resource "aws_sns_topic_subscription" "on_call" {
  topic_arn = aws_sns_topic.on_call.arn
  protocol  = "email"
  endpoint  = "on-call@example.org"
}

resource "aws_cloudwatch_metric_alarm" "errors" {
  alarm_name          = "acme-pipeline-ingest-errors"
  namespace           = "AWS/Lambda"
  metric_name         = "Errors"
  dimensions          = { FunctionName = aws_lambda_function.ingest.function_name }
  statistic           = "Sum"
  comparison_operator = "GreaterThanThreshold"
  threshold           = 0
  period              = 60
  evaluation_periods  = 1
  treat_missing_data  = "notBreaching"
  alarm_actions       = [aws_sns_topic.on_call.arn]
}
