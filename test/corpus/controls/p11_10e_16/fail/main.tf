# Runs that end well leave no trace in the task log, and nobody sees who used the web server.
resource "aws_mwaa_environment" "pipeline" {
  name               = "pipeline"
  dag_s3_path        = "dags/"
  execution_role_arn = "arn:aws:iam::111122223333:role/pipeline"
  source_bucket_arn  = "arn:aws:s3:::acme-trial-dags"

  logging_configuration {
    dag_processing_logs {
      enabled   = true
      log_level = "INFO"
    }

    scheduler_logs {
      enabled   = true
      log_level = "INFO"
    }

    task_logs {
      enabled   = true
      log_level = "ERROR"
    }

    webserver_logs {
      enabled   = false
      log_level = "INFO"
    }

    worker_logs {
      enabled   = true
      log_level = "INFO"
    }
  }

  network_configuration {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  }
}
