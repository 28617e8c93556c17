# Two laboratories deliver with the same key, so its fingerprint in the log names nobody.
resource "aws_transfer_ssh_key" "acme" {
  server_id = "s-0a1b2c3d4e5f60718"
  user_name = "acme"
  body      = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKhBWckxCvmvujNedB+7NQvpgbjM+L+CdLLQ18egQoZ7 acme"
}

resource "aws_transfer_ssh_key" "globex" {
  server_id = "s-0a1b2c3d4e5f60718"
  user_name = "globex"
  body      = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKhBWckxCvmvujNedB+7NQvpgbjM+L+CdLLQ18egQoZ7 globex"
}
