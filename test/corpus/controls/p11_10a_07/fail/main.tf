# Whatever stands under the key is installed, and an earlier version of it may be gone.
resource "aws_s3_bucket" "dags" {
  bucket = "acme-trial-dags"
}

resource "aws_mwaa_environment" "pipeline" {
  name                 = "pipeline"
  dag_s3_path          = "dags/"
  execution_role_arn   = "arn:aws:iam::111122223333:role/pipeline"
  airflow_version      = "2.10.3"
  source_bucket_arn    = aws_s3_bucket.dags.arn
  requirements_s3_path = "requirements.txt"

  network_configuration {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  }
}
