# Recovery is on for a week; AWS keeps it for up to 35 days.
resource "aws_dynamodb_table" "ledger" {
  name         = "acme-trial-ledger"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  tags         = { Part11Role = "ledger" }

  point_in_time_recovery {
    enabled                 = true
    recovery_period_in_days = 7
  }

  attribute {
    name = "id"
    type = "S"
  }
}
