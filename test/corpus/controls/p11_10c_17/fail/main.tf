# The lock is in governance mode: whoever administers the vault takes it off and deletes the backups.
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

resource "aws_backup_vault" "ledger" {
  name = "acme-trial-ledger"
}

resource "aws_backup_vault_lock_configuration" "ledger" {
  backup_vault_name  = aws_backup_vault.ledger.name
  min_retention_days = 2557
}

resource "aws_backup_plan" "ledger" {
  name = "acme-trial-ledger"

  rule {
    rule_name         = "daily"
    target_vault_name = aws_backup_vault.ledger.name
    schedule          = "cron(0 5 * * ? *)"

    lifecycle {
      delete_after = 2557
    }
  }
}

resource "aws_backup_selection" "ledger" {
  name         = "acme-trial-ledger"
  plan_id      = aws_backup_plan.ledger.id
  iam_role_arn = "arn:aws:iam::111122223333:role/acme-trial-backup"
  resources    = [aws_dynamodb_table.ledger.arn]
}
