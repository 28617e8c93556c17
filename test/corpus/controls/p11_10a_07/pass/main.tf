# The environment names the version of what it installs, and the bucket keeps it.
resource "aws_s3_bucket" "dags" {
  bucket = "acme-trial-dags"
}

resource "aws_s3_bucket_versioning" "dags" {
  bucket = aws_s3_bucket.dags.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_s3_object" "requirements" {
  bucket  = aws_s3_bucket.dags.id
  key     = "requirements.txt"
  content = "pandas==2.2.3"
}

resource "aws_mwaa_environment" "pipeline" {
  name                           = "pipeline"
  dag_s3_path                    = "dags/"
  execution_role_arn             = "arn:aws:iam::111122223333:role/pipeline"
  airflow_version                = "2.10.3"
  source_bucket_arn              = aws_s3_bucket.dags.arn
  requirements_s3_path           = aws_s3_object.requirements.key
  requirements_s3_object_version = aws_s3_object.requirements.version_id

  network_configuration {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  }
}
