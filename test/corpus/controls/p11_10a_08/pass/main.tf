# Every change to every resource is recorded.
resource "aws_config_configuration_recorder" "changes" {
  name     = "changes"
  role_arn = "arn:aws:iam::111122223333:role/config"

  recording_group {
    all_supported                 = true
    include_global_resource_types = true
  }
}

resource "aws_config_configuration_recorder_status" "changes" {
  name       = aws_config_configuration_recorder.changes.name
  is_enabled = true
}
