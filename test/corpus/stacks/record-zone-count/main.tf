# Buckets by count; the second lock is short because the list of years is in another order than the names.
variable "names" {
  type    = list(string)
  default = ["raw", "tmf"]
}

variable "years" {
  type    = list(number)
  default = [25, 7]
}

resource "aws_s3_bucket" "record" {
  count               = length(var.names)
  bucket              = "acme-count-${var.names[count.index]}"
  object_lock_enabled = true

  tags = {
    BucketRole  = "record"
    RecordClass = var.names[count.index] == "tmf" ? "trial-master-file" : "clinical"
  }
}

resource "aws_s3_bucket_object_lock_configuration" "record" {
  count  = length(var.names)
  bucket = aws_s3_bucket.record[count.index].bucket

  rule {
    default_retention {
      mode  = "COMPLIANCE"
      years = var.years[count.index]
    }
  }
}

resource "aws_s3_bucket_versioning" "record" {
  count  = length(var.names)
  bucket = aws_s3_bucket.record[count.index].bucket

  versioning_configuration {
    status = "Enabled"
  }
}
