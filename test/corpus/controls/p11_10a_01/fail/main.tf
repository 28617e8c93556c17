# A tag may name another image tomorrow than the one that was validated.
resource "aws_ecs_task_definition" "transform" {
  family = "transform"

  container_definitions = jsonencode([
    {
      name   = "transform"
      image  = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/transform:1.4"
      memory = 2048
    },
  ])
}
