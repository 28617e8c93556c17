# A stack without our tags: part11.yaml says which bucket is what, by name and by address.
module "storage" {
  source = "./storage"
}
