# The identity provider is a function, and no method is stated: the service then takes a key or a password.
resource "aws_transfer_server" "sftp" {
  identity_provider_type = "AWS_LAMBDA"
  function               = "arn:aws:lambda:eu-central-1:111122223333:function:sftp-identity"
}
