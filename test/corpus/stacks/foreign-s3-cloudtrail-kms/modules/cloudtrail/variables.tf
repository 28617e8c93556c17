variable "create" {
  type    = bool
  default = true
}

variable "name" {
  type = string
}

variable "s3_bucket_name" {
  type = string
}

variable "s3_key_prefix" {
  type    = string
  default = null
}

variable "enable_logging" {
  type    = bool
  default = true
}

variable "enable_log_file_validation" {
  type    = bool
  default = false
}

variable "is_multi_region_trail" {
  type    = bool
  default = true
}

variable "include_global_service_events" {
  type    = bool
  default = true
}

variable "kms_key_arn" {
  type    = string
  default = null
}

variable "cloudwatch_logs_enabled" {
  type    = bool
  default = false
}

variable "log_retention_days" {
  type    = number
  default = 90
}

variable "event_selector" {
  type    = any
  default = []
}

variable "tags" {
  type    = map(string)
  default = {}
}
