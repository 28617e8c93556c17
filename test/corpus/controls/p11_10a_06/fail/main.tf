# Images arrive unchecked, under S3's own key.
resource "aws_ecr_repository" "transform" {
  name = "transform"

  image_scanning_configuration {
    scan_on_push = false
  }
}
