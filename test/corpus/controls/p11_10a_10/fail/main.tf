# What the rule cannot deliver and what the function cannot hash is forgotten after some retries.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-trial-raw"
  tags   = { BucketRole = "record" }
}

resource "aws_cloudwatch_event_rule" "landed" {
  name = "landed"
  event_pattern = jsonencode({
    source      = ["aws.s3"]
    detail-type = ["Object Created"]
    detail      = { bucket = { name = ["acme-trial-raw"] } }
  })
}

resource "aws_cloudwatch_event_target" "ingest" {
  rule = aws_cloudwatch_event_rule.landed.name
  arn  = aws_lambda_function.ingest.arn
}

resource "aws_lambda_function" "ingest" {
  function_name    = "ingest"
  role             = "arn:aws:iam::111122223333:role/ingest"
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = "ingest.zip"
  source_code_hash = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
}
