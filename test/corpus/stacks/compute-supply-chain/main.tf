# Images by tag and by digest, a job definition, a signed function with a public address.
resource "aws_ecr_repository" "etl" {
  name                 = "acme/etl"
  image_tag_mutability = "MUTABLE"
}

resource "aws_ecs_task_definition" "etl" {
  family                   = "acme-etl"
  requires_compatibilities = ["FARGATE"]
  network_mode             = "awsvpc"
  cpu                      = 256
  memory                   = 512

  container_definitions = jsonencode([
    { name = "etl", image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/acme/etl:latest", essential = true },
    { name = "agent", image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/acme/agent@sha256:1111111111111111111111111111111111111111111111111111111111111111" },
  ])
}

resource "aws_ecs_service" "etl" {
  name            = "acme-etl"
  cluster         = "arn:aws:ecs:eu-central-1:111122223333:cluster/acme"
  task_definition = aws_ecs_task_definition.etl.arn
  launch_type     = "FARGATE"
  desired_count   = 1

  network_configuration {
    subnets          = ["subnet-0123456789abcdef0"]
    assign_public_ip = true
  }
}

resource "aws_batch_job_definition" "etl" {
  name = "acme-etl"
  type = "container"

  container_properties = jsonencode({
    image   = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/acme/etl:2.1"
    vcpus   = 1
    memory  = 512
    command = ["run"]
  })
}

resource "aws_lambda_code_signing_config" "ours" {
  allowed_publishers {
    signing_profile_version_arns = ["arn:aws:signer:eu-central-1:111122223333:/signing-profiles/acme/abcdefghij"]
  }

  policies {
    untrusted_artifact_on_deployment = "Warn"
  }
}

resource "aws_lambda_function" "api" {
  function_name           = "acme-api"
  role                    = "arn:aws:iam::111122223333:role/acme-api"
  runtime                 = "nodejs20.x"
  handler                 = "index.handler"
  s3_bucket               = "acme-code"
  s3_key                  = "api.zip"
  code_signing_config_arn = aws_lambda_code_signing_config.ours.arn
}

resource "aws_lambda_function_url" "api" {
  function_name      = aws_lambda_function.api.function_name
  authorization_type = "NONE"
}
