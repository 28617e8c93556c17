# No session policy: the sender may do in every prefix what the shared role may do.
resource "aws_transfer_user" "acme" {
  server_id           = "s-0a1b2c3d4e5f60718"
  user_name           = "acme"
  role                = "arn:aws:iam::111122223333:role/sftp-sender"
  home_directory_type = "LOGICAL"

  home_directory_mappings {
    entry  = "/"
    target = "/acme-trial-inbox/acme"
  }
}
