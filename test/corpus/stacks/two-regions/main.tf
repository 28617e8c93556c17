# Records with a locked, keyed replica in Ireland; the module gets both providers.
provider "aws" {
  region = "eu-central-1"

  default_tags {
    tags = { System = "two-regions" }
  }
}

provider "aws" {
  alias  = "ireland"
  region = "eu-west-1"

  default_tags {
    tags = { System = "two-regions", Copy = "true" }
  }
}

module "raw" {
  source = "./replicated-bucket"
  name   = "acme-two-regions-raw"
  years  = 7

  providers = {
    aws         = aws
    aws.replica = aws.ireland
  }
}
