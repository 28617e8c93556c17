# A second push moves the tag to another image.
resource "aws_ecr_repository" "transform" {
  name                 = "transform"
  image_tag_mutability = "MUTABLE"
}
