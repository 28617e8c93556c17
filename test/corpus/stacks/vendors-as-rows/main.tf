# Vendors of an identity provider as rows of its table. Two laboratories were given the same key.
resource "aws_dynamodb_table" "vendors" {
  name         = "acme-vendors"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "vendor"
  range_key    = "item"

  attribute {
    name = "vendor"
    type = "S"
  }

  attribute {
    name = "item"
    type = "S"
  }

  tags = {
    Part11Role = "identity-provider"
  }
}

resource "aws_dynamodb_table_item" "acme" {
  table_name = aws_dynamodb_table.vendors.name
  hash_key   = "vendor"
  range_key  = "item"
  item = jsonencode({
    vendor    = { S = "acme" }
    item      = { S = "key#1" }
    publicKey = { S = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKhBWckxCvmvujNedB+7NQvpgbjM+L+CdLLQ18egQoZ7" }
  })
}

resource "aws_dynamodb_table_item" "globex" {
  table_name = aws_dynamodb_table.vendors.name
  hash_key   = "vendor"
  range_key  = "item"
  item = jsonencode({
    vendor    = { S = "globex" }
    item      = { S = "key#1" }
    publicKey = { S = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIKhBWckxCvmvujNedB+7NQvpgbjM+L+CdLLQ18egQoZ7" }
  })
}
