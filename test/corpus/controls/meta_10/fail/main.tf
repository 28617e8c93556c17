# The command runs with the rights of the deployment, and no plan shows what it does.
resource "aws_s3_bucket" "raw" {
  bucket = "acme-raw"

  provisioner "local-exec" {
    command = "aws s3api put-bucket-acl --bucket acme-raw --acl private"
  }
}
