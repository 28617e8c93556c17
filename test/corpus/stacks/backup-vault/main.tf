# A backup vault with its own lock, beside a table.
resource "aws_kms_key" "backup" {
  enable_key_rotation     = true
  deletion_window_in_days = 30
}

resource "aws_backup_vault" "records" {
  name        = "acme-records"
  kms_key_arn = aws_kms_key.backup.arn
}

resource "aws_backup_vault_lock_configuration" "records" {
  backup_vault_name   = aws_backup_vault.records.name
  changeable_for_days = 3
  min_retention_days  = 2557
}

resource "aws_dynamodb_table" "ledger" {
  name         = "acme-ledger"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "record"

  attribute {
    name = "record"
    type = "S"
  }

  server_side_encryption {
    enabled     = true
    kms_key_arn = aws_kms_key.backup.arn
  }
}
