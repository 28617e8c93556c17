# The program takes on a role, and has keys for an hour.
resource "aws_iam_role" "uploader" {
  name                 = "acme-trial-uploader"
  max_session_duration = 3600

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:role/laboratory-gateway" }
    }]
  })
}
