# The function is told where the secret is, and reads it when it runs.
resource "aws_secretsmanager_secret" "registry" {
  name = "acme-trial/registry"
}

resource "aws_lambda_function" "loader" {
  function_name = "acme-trial-loader"
  role          = "arn:aws:iam::111122223333:role/loader"
  handler       = "index.handler"
  runtime       = "nodejs20.x"
  s3_bucket     = "acme-trial-code"
  s3_key        = "loader.zip"

  environment {
    variables = {
      REGISTRY_SECRET_NAME = aws_secretsmanager_secret.registry.name
    }
  }
}
