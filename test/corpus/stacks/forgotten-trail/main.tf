# The trail goes out of Terraform's sight and stays in the account, where nobody's change control reaches it.
removed {
  from = aws_cloudtrail.audit

  lifecycle {
    destroy = false
  }
}

resource "aws_s3_bucket" "audit" {
  bucket              = "acme-forgotten-audit"
  object_lock_enabled = true
  tags                = { BucketRole = "audit" }
}
