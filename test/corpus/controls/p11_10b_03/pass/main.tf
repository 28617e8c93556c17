resource "aws_kms_key" "results" {}

resource "aws_athena_workgroup" "audit" {
  name = "acme-trial-audit"

  configuration {
    enforce_workgroup_configuration = true

    result_configuration {
      output_location = "s3://acme-trial-results/audit/"

      encryption_configuration {
        encryption_option = "SSE_KMS"
        kms_key_arn       = aws_kms_key.results.arn
      }
    }
  }
}
