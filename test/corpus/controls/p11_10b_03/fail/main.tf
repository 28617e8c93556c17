# The client chooses where results go and how they are encrypted.
resource "aws_athena_workgroup" "audit" {
  name = "acme-trial-audit"

  configuration {
    enforce_workgroup_configuration = false

    result_configuration {
      output_location = "s3://acme-trial-results/audit/"
    }
  }
}
