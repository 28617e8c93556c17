# The same refactoring without moved blocks: Terraform destroys the bucket with the records and makes an empty one.
module "records" {
  source = "./records"
}
