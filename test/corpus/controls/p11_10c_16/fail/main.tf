# DynamoDB itself deletes a row when its time has come, and nobody is told.
resource "aws_dynamodb_table" "ledger" {
  name         = "acme-trial-ledger"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  tags         = { Part11Role = "ledger" }

  deletion_protection_enabled = true

  ttl {
    enabled        = true
    attribute_name = "expires"
  }

  attribute {
    name = "id"
    type = "S"
  }
}
