# The password stands in the repository, in the plan and in the state.
resource "aws_secretsmanager_secret" "registry" {
  name = "acme-trial/registry"
}

resource "aws_secretsmanager_secret_version" "registry" {
  secret_id     = aws_secretsmanager_secret.registry.id
  secret_string = "not-a-real-password"
}
