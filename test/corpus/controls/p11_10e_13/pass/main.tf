resource "aws_dynamodb_table" "ledger" {
  name         = "acme-trial-ledger"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "id"
  tags         = { Part11Role = "ledger" }

  attribute {
    name = "id"
    type = "S"
  }
}

resource "aws_iam_role" "ingest" {
  name = "acme-trial-ingest"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
      Condition = { StringEquals = { "aws:SourceAccount" = "111122223333" } }
    }]
  })
}

data "aws_iam_policy_document" "ingest" {
  statement {
    actions   = ["dynamodb:PutItem", "dynamodb:Query"]
    resources = [aws_dynamodb_table.ledger.arn]
  }
}

resource "aws_iam_role_policy" "ingest" {
  role   = aws_iam_role.ingest.name
  policy = data.aws_iam_policy_document.ingest.json
}
