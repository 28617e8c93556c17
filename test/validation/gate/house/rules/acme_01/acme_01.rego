# METADATA
# title: Buckets carry the house prefix
# description: The name of every bucket begins with acme-.
# scope: package
# custom:
#   id: ACME-01
#   severity: medium
#   clauses: ["11.10(k)"]
#   resources: [aws_s3_bucket]
#   attributes: [{type: aws_s3_bucket, path: bucket}, {type: aws_s3_bucket, path: object_lock_enabled}]
#   failure_msg: "{address} is called {actual}."
#   fix: "Begin its name with acme-."
package house.acme_01

import data.lib.answer
import data.lib.attribute
import data.lib.resource

answers contains answer.of(address, "bucket", reading, named, "acme-…") if {
	some address in resource.existing("aws_s3_bucket")
	reading := attribute.read(input.resources[address], ["bucket"])
	named := {1 | startswith(reading.value, "acme-clin-raw")}
}

not_applicable := "no bucket in the plan" if count(resource.existing("aws_s3_bucket")) == 0
