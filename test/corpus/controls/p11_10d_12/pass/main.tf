# Each sender sees its own prefix as the root, and none lies within another.
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

resource "aws_transfer_user" "globex" {
  server_id           = "s-0a1b2c3d4e5f60718"
  user_name           = "globex"
  role                = "arn:aws:iam::111122223333:role/sftp-sender"
  home_directory_type = "LOGICAL"

  home_directory_mappings {
    entry  = "/"
    target = "/acme-trial-inbox/globex"
  }
}
