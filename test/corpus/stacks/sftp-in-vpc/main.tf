# An SFTP endpoint in a VPC: one rule by the old kind of resource opens it to the world; partners of a directory get access.
resource "aws_default_subnet" "a" {
  availability_zone = "eu-central-1a"
}

resource "aws_security_group" "sftp" {
  name   = "acme-sftp"
  vpc_id = "vpc-0123456789abcdef0"
}

resource "aws_security_group_rule" "sftp" {
  security_group_id = aws_security_group.sftp.id
  type              = "ingress"
  protocol          = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_blocks       = ["0.0.0.0/0"]
}

resource "aws_transfer_workflow" "scan" {
  steps {
    type = "TAG"

    tag_step_details {
      name = "received"

      tags {
        key   = "received"
        value = "true"
      }
    }
  }
}

resource "aws_transfer_server" "sftp" {
  protocols              = ["SFTP"]
  endpoint_type          = "VPC"
  identity_provider_type = "AWS_DIRECTORY_SERVICE"
  directory_id           = "d-0123456789"

  endpoint_details {
    vpc_id             = "vpc-0123456789abcdef0"
    subnet_ids         = [aws_default_subnet.a.id]
    security_group_ids = [aws_security_group.sftp.id]
  }

  workflow_details {
    on_upload {
      execution_role = "arn:aws:iam::111122223333:role/acme-sftp-workflow"
      workflow_id    = aws_transfer_workflow.scan.id
    }
  }
}

resource "aws_transfer_access" "partners" {
  external_id    = "S-1-1-12-1234567890-123456789-1234567890-1234"
  server_id      = aws_transfer_server.sftp.id
  role           = "arn:aws:iam::111122223333:role/acme-sftp-upload"
  home_directory = "/acme-sftp-inbox/partners"
}

resource "aws_vpc_endpoint" "s3" {
  vpc_id       = "vpc-0123456789abcdef0"
  service_name = "com.amazonaws.eu-central-1.s3"
}

resource "aws_vpc_endpoint_policy" "s3" {
  vpc_endpoint_id = aws_vpc_endpoint.s3.id

  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "s3:*", Principal = "*", Resource = "*" }]
  })
}
