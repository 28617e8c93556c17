# A tag is pushed once.
resource "aws_ecr_repository" "transform" {
  name                 = "transform"
  image_tag_mutability = "IMMUTABLE"
}
