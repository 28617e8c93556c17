# Anybody in the account whom a policy allows to may take the role, without a second factor.
resource "aws_iam_role" "data_manager" {
  name                 = "data-manager"
  max_session_duration = 14400

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { AWS = "arn:aws:iam::111122223333:root" }
    }]
  })
}
