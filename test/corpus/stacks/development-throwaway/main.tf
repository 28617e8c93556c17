# A developer's copy: no lock, thrown away every evening; the Environment tag says so.
module "bucket" {
  source   = "./bucket"
  for_each = toset(["raw", "curated"])
  name     = "acme-development-${each.key}"
}
