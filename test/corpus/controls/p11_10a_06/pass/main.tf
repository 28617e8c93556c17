# Every image is scanned when it arrives and encrypted with a key whose use is logged.
resource "aws_ecr_repository" "transform" {
  name = "transform"

  image_scanning_configuration {
    scan_on_push = true
  }

  encryption_configuration {
    encryption_type = "KMS"
    kms_key         = "arn:aws:kms:eu-central-1:111122223333:key/11111111-2222-3333-4444-555555555555"
  }
}
