# The account is watched: recorder, threat detection, security hub, flow logs, backups.
resource "aws_config_configuration_recorder" "all" {
  name     = "acme"
  role_arn = "arn:aws:iam::111122223333:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig"

  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_configuration_recorder_status" "all" {
  name       = aws_config_configuration_recorder.all.name
  is_enabled = true
}

resource "aws_guardduty_detector" "account" {
  enable = true
}

resource "aws_guardduty_detector_feature" "s3" {
  detector_id = aws_guardduty_detector.account.id
  name        = "S3_DATA_EVENTS"
  status      = "ENABLED"
}

resource "aws_securityhub_account" "account" {}

resource "aws_flow_log" "vpc" {
  vpc_id               = "vpc-0123456789abcdef0"
  traffic_type         = "ALL"
  log_destination_type = "s3"
  log_destination      = "arn:aws:s3:::acme-watched-flow-logs"
}

resource "aws_backup_plan" "daily" {
  name = "acme-daily"

  rule {
    rule_name         = "daily"
    target_vault_name = "acme-records"
    schedule          = "cron(0 3 * * ? *)"

    lifecycle {
      delete_after = 2557
    }
  }
}

resource "aws_backup_selection" "ledger" {
  name         = "ledger"
  plan_id      = aws_backup_plan.daily.id
  iam_role_arn = "arn:aws:iam::111122223333:role/acme-backup"
  resources    = ["arn:aws:dynamodb:eu-central-1:111122223333:table/acme-ledger"]
}
