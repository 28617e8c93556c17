# A key without end that belongs to a program, not to a person.
resource "aws_iam_user" "uploader" {
  name = "acme-trial-uploader"
}

resource "aws_iam_access_key" "uploader" {
  user = aws_iam_user.uploader.name
}
