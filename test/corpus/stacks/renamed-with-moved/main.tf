# Refactoring: the bucket moves into a module, its lock gets a better name; nothing is replaced.
module "records" {
  source = "./records"
}

moved {
  from = aws_s3_bucket.raw
  to   = module.records.aws_s3_bucket.this
}

moved {
  from = aws_s3_bucket_object_lock_configuration.raw
  to   = module.records.aws_s3_bucket_object_lock_configuration.this
}
