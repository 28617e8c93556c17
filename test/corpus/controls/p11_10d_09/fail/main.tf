# The function takes the sender's password and logs in with it at Microsoft Entra ID (ROPC): no second factor is possible.
resource "aws_transfer_server" "sftp" {
  identity_provider_type      = "AWS_LAMBDA"
  function                    = aws_lambda_function.login.arn
  sftp_authentication_methods = "PASSWORD"
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
      TOKEN_URL  = "https://login.microsoftonline.com/acme.example/oauth2/v2.0/token"
      GRANT_TYPE = "password"
    }
  }
}
