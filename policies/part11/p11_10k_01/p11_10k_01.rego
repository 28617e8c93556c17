# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Documents and evidence are locked as records are
# description: |-
#   A bucket that keeps system documentation, protocols and evidence has the whole lock set of a record bucket: Object
#   Lock, COMPLIANCE, the years of its record class, versioning. Each part is a control of its own for every bucket
#   (P11-10c-01 to -04); here they stand together for the control of documents, whatever roles those controls speak of.
# custom:
#   id: P11-10k-01
#   severity: high
#   clauses: ["11.10(k)"]
#   annex11: ["4.1", "10"]
#   alcoa: [original, enduring]
#   requirements: [URS-034]
#   resources: [aws_s3_bucket, aws_s3_bucket_object_lock_configuration, aws_s3_bucket_versioning]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket, path: object_lock_enabled}
#     - {type: aws_s3_bucket_object_lock_configuration, path: bucket}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.days}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.mode}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.years}
#     - {type: aws_s3_bucket_versioning, path: bucket}
#     - {type: aws_s3_bucket_versioning, path: versioning_configuration.status}
#   environments: [production, qualification]
#   bucket_roles: [evidence]
#   waivable: false
#   failure_msg: "A document or a piece of evidence may be replaced unnoticed: {attribute} is {actual}, not {expected}."
#   fix: "Give the evidence bucket object_lock_enabled, a lock in COMPLIANCE for the years of its record class, and versioning."
#   verified_by: ["none: no run applies an evidence bucket, which stands beside what is qualified; part11 deposit reads its lock first"]
package part11.p11_10k_01

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.scope

answers contains answer.exact(address, "object_lock_enabled", reading, true) if {
	some address in _buckets
	reading := attribute.read(input.resources[address], ["object_lock_enabled"])
}

answers contains answer.exact(subject, "rule.default_retention.mode", reading, "COMPLIANCE") if {
	some address in _buckets
	some subject, reading in bucket.readings(address, "aws_s3_bucket_object_lock_configuration", _mode)
}

answers contains answer.at_least(subject, "rule.default_retention", reading, minimum, "days") if {
	some address in _buckets
	minimum := bucket.minimum_days(address)
	some subject, reading in bucket.lock_readings(address)
}

answers contains answer.unknown(address, "tags", "a record class of the settings", "not known") if {
	some address in _buckets
	not bucket.minimum_days(address)
}

answers contains answer.exact(subject, "versioning_configuration.status", reading, "Enabled") if {
	some address in _buckets
	some subject, reading in bucket.readings(address, "aws_s3_bucket_versioning", ["versioning_configuration", 0, "status"])
}

not_applicable := scope.reason(rego.metadata.chain(), "evidence bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_mode := ["rule", 0, "default_retention", 0, "mode"]
