# A signature can be overwritten with another one, and nothing tells what stood there.
resource "aws_dynamodb_table" "signatures" {
  name         = "acme-trial-signatures"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  tags         = { Part11Role = "signature" }

  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }
}
