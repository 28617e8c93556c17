# A role with one policy of its own, below the boundary of the zone.
variable "name" { type = string }
variable "boundary" { type = string }
variable "trust" { type = any }
variable "statements" { type = any }

resource "aws_iam_role" "this" {
  name                 = var.name
  permissions_boundary = var.boundary
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [merge({ Effect = "Allow", Action = "sts:AssumeRole" }, var.trust)]
  })
}

resource "aws_iam_role_policy" "this" {
  name = "duty"
  role = aws_iam_role.this.name

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = var.statements
  })
}

output "arn" {
  value = aws_iam_role.this.arn
}

output "name" {
  value = aws_iam_role.this.name
}
