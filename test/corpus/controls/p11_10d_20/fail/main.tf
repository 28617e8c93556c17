# Whoever has the address and a password starts runs from anywhere.
resource "aws_mwaa_environment" "pipeline" {
  name               = "pipeline"
  dag_s3_path        = "dags/"
  execution_role_arn = "arn:aws:iam::111122223333:role/pipeline"
  source_bucket_arn  = "arn:aws:s3:::acme-trial-dags"

  webserver_access_mode = "PUBLIC_ONLY"

  network_configuration {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  }
}
