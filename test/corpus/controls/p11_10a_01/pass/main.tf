# The digest names the very image that was validated.
resource "aws_ecs_task_definition" "transform" {
  family = "transform"

  container_definitions = jsonencode([
    {
      name   = "transform"
      image  = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/transform@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
      memory = 2048
    },
  ])
}
