# An earlier apply stopped between create and destroy: the old bucket is deposed and goes with the next one.
resource "aws_s3_bucket" "raw" {
  bucket              = "acme-deposed-raw-2"
  object_lock_enabled = true
  tags                = { BucketRole = "record" }

  lifecycle {
    create_before_destroy = true
  }
}
