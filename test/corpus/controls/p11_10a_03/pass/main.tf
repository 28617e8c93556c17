# Other bytes show as another hash, an image by its digest.
resource "aws_lambda_function" "ingest" {
  function_name    = "ingest"
  role             = "arn:aws:iam::111122223333:role/ingest"
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  s3_bucket        = "acme-trial-code"
  s3_key           = "ingest.zip"
  source_code_hash = "n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg="
  layers           = [aws_lambda_layer_version.hashing.arn]
  tags             = { Part11Role = "ingest" }
}

resource "aws_lambda_layer_version" "hashing" {
  layer_name       = "hashing"
  s3_bucket        = "acme-trial-code"
  s3_key           = "hashing.zip"
  source_code_hash = "9J2MtrwSHb/0P2f8ksk1dG3ghHYr9xSpjSHBMKYqxlw="
}

resource "aws_lambda_function" "verify" {
  function_name = "verify"
  role          = "arn:aws:iam::111122223333:role/verify"
  package_type  = "Image"
  image_uri     = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/verify@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
}
