# Code that nobody signed is refused, and who signs is a profile of the plan.
resource "aws_signer_signing_profile" "releases" {
  platform_id = "AWSLambda-SHA384-ECDSA"
}

resource "aws_lambda_code_signing_config" "releases" {
  allowed_publishers {
    signing_profile_version_arns = [aws_signer_signing_profile.releases.version_arn]
  }

  policies {
    untrusted_artifact_on_deployment = "Enforce"
  }
}

resource "aws_lambda_function" "ingest" {
  function_name           = "ingest"
  role                    = "arn:aws:iam::111122223333:role/ingest"
  runtime                 = "nodejs22.x"
  handler                 = "index.handler"
  s3_bucket               = "acme-trial-code"
  s3_key                  = "ingest.zip"
  tags                    = { Part11Role = "ingest" }
  code_signing_config_arn = aws_lambda_code_signing_config.releases.arn
}
