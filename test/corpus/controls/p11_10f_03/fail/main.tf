# A person changes what runs on records, past review and CI.
resource "aws_s3_bucket" "dags" {
  bucket = "acme-trial-dags"
}

resource "aws_s3_bucket_versioning" "dags" {
  bucket = aws_s3_bucket.dags.id

  versioning_configuration {
    status = "Enabled"
  }
}

resource "aws_mwaa_environment" "pipeline" {
  name               = "pipeline"
  dag_s3_path        = "dags/"
  execution_role_arn = "arn:aws:iam::111122223333:role/pipeline"
  source_bucket_arn  = aws_s3_bucket.dags.arn

  network_configuration {
    security_group_ids = ["sg-0123456789abcdef0"]
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
  }
}

data "aws_iam_policy_document" "dags" {
  statement {
    actions   = ["s3:PutObject"]
    resources = ["arn:aws:s3:::acme-trial-dags/dags/*"]
  }
}

resource "aws_iam_role" "writer" {
  name               = "writer"
  assume_role_policy = jsonencode({ Version = "2012-10-17", Statement = [] })
  tags               = { Part11Role = "human" }
}

resource "aws_iam_role_policy" "writer" {
  role   = aws_iam_role.writer.name
  policy = data.aws_iam_policy_document.dags.json
}
