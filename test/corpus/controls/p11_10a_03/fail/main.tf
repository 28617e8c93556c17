# Nothing tells this zip file from another one that is put in its place, and a layer of somebody else runs beside it.
resource "aws_lambda_function" "ingest" {
  function_name = "ingest"
  role          = "arn:aws:iam::111122223333:role/ingest"
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  s3_bucket     = "acme-trial-code"
  s3_key        = "ingest.zip"
  layers        = ["arn:aws:lambda:eu-central-1:444455556666:layer:metrics:7"]
  tags          = { Part11Role = "ingest" }
}
