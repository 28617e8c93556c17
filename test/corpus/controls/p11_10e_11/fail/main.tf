# An operator who can switch off what records him.
resource "aws_iam_policy" "operations" {
  name = "acme-trial-operations"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["cloudtrail:DescribeTrails", "cloudtrail:StopLogging"]
      Resource = "*"
    }]
  })
}
