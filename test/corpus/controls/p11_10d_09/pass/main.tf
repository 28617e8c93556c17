# The function looks up the public keys of a sender in a table; no password ever reaches it.
resource "aws_transfer_server" "sftp" {
  identity_provider_type      = "AWS_LAMBDA"
  function                    = aws_lambda_function.login.arn
  sftp_authentication_methods = "PUBLIC_KEY"
}

resource "aws_lambda_function" "login" {
  function_name = "sftp-login"
  role          = "arn:aws:iam::111122223333:role/sftp-login"
  runtime       = "nodejs22.x"
  handler       = "index.handler"
  s3_bucket     = "acme-code"
  s3_key        = "sftp-login.zip"

  environment {
    variables = {
      SENDERS_TABLE = "sftp-senders"
    }
  }
}
