resource "aws_iam_policy" "operations" {
  name = "acme-trial-operations"

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["cloudtrail:DescribeTrails", "cloudtrail:GetTrailStatus"]
      Resource = "*"
    }]
  })
}
