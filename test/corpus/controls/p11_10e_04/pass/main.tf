resource "aws_dynamodb_table" "ledger" {
  name         = "acme-trial-ledger"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  tags         = { Part11Role = "ledger" }

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_cloudtrail" "audit" {
  name                  = "acme-trial-audit"
  s3_bucket_name        = "acme-trial-audit"
  is_multi_region_trail = true

  advanced_event_selector {
    field_selector {
      field  = "eventCategory"
      equals = ["Data"]
    }
    field_selector {
      field  = "resources.type"
      equals = ["AWS::DynamoDB::Table"]
    }
    field_selector {
      field  = "resources.ARN"
      equals = [aws_dynamodb_table.ledger.arn]
    }
  }
}
