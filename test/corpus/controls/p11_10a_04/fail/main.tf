# Code that nobody signed is deployed all the same, with a warning.
resource "aws_lambda_code_signing_config" "releases" {
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:eu-central-1:111122223333:/signing-profiles/releases/abcdefghij"]
  }

  policies {
    untrusted_artifact_on_deployment = "Warn"
  }
}

resource "aws_lambda_function" "ingest" {
  function_name           = "ingest"
  role                    = "arn:aws:iam::111122223333:role/ingest"
  runtime                 = "nodejs22.x"
  handler                 = "index.handler"
  s3_bucket               = "acme-trial-code"
  s3_key                  = "ingest.zip"
  code_signing_config_arn = aws_lambda_code_signing_config.releases.arn
}
