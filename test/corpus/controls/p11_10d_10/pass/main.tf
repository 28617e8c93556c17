# Only this server may ask the function whether a user may log in.
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
}

resource "aws_lambda_permission" "login" {
  function_name = aws_lambda_function.login.function_name
  action        = "lambda:InvokeFunction"
  principal     = "transfer.amazonaws.com"
  source_arn    = aws_transfer_server.sftp.arn
}
