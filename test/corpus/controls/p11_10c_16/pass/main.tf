resource "aws_dynamodb_table" "ledger" {
  name         = "acme-trial-ledger"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  tags         = { Part11Role = "ledger" }

  deletion_protection_enabled = true

  attribute {
    name = "id"
    type = "S"
  }
}
