# The job runs whatever image carries the tag when it starts.
resource "aws_batch_job_definition" "reconcile" {
  name = "reconcile"
  type = "container"

  container_properties = jsonencode({
    image = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/reconcile:latest"
    resourceRequirements = [
      { type = "VCPU", value = "1" },
      { type = "MEMORY", value = "2048" },
    ]
  })
}
