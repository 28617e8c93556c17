# The identity provider is a function, and every login needs a key.
resource "aws_transfer_server" "sftp" {
  identity_provider_type      = "AWS_LAMBDA"
  function                    = "arn:aws:lambda:eu-central-1:111122223333:function:sftp-identity"
  sftp_authentication_methods = "PUBLIC_KEY"
}
