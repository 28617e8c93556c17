# A write-only argument: neither plan nor state holds the text.
variable "registry_password" {
  type      = string
  ephemeral = true
  default   = null
}

resource "aws_secretsmanager_secret" "registry" {
  name = "acme-trial/registry"
}

resource "aws_secretsmanager_secret_version" "registry" {
  secret_id                = aws_secretsmanager_secret.registry.id
  secret_string_wo         = var.registry_password
  secret_string_wo_version = 1
}
