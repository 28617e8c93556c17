# The job runs the image that was validated.
resource "aws_batch_job_definition" "reconcile" {
  name = "reconcile"
  type = "container"

  container_properties = jsonencode({
    image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/reconcile@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
  })
}
