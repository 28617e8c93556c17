# Rules of the lifecycle come as a list of objects through a module, with a dynamic block for each kind of action.
module "raw" {
  source = "./bucket"
  name   = "acme-lifecycle-raw"

  rules = [
    { id = "cold", days = 400, storage_class = "GLACIER_IR" },
    { id = "gone", expire_after = 2000 },
    { id = "old-versions", noncurrent_expire_after = 3000 },
  ]
}

module "curated" {
  source = "./bucket"
  name   = "acme-lifecycle-curated"
  rules  = [{ id = "cold", days = 400, storage_class = "GLACIER_IR" }]
}
