variable "create" {
  type    = bool
  default = true
}

variable "description" {
  type    = string
  default = null
}

variable "aliases" {
  type    = list(string)
  default = []
}

variable "enable_key_rotation" {
  type    = bool
  default = true
}

variable "deletion_window_in_days" {
  type    = number
  default = null
}

variable "key_administrators" {
  type    = list(string)
  default = []
}

variable "key_users" {
  type    = list(string)
  default = []
}

variable "service_principals" {
  type    = list(string)
  default = []
}

variable "source_arn" {
  type    = string
  default = null
}

variable "tags" {
  type    = map(string)
  default = {}
}
