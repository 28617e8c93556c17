# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Lifecycle never expires a record early
# description: |-
#   Expiring the current version hides the record behind a delete marker, and expiring noncurrent versions removes
#   what was overwritten as soon as its lock ends. Aborting incomplete uploads and removing expired delete markers
#   are allowed: neither is a record.
# custom:
#   id: P11-10c-06
#   severity: high
#   clauses: ["11.10(c)"]
#   annex11: ["17"]
#   alcoa: [enduring, available]
#   requirements: [URS-013]
#   resources: [aws_s3_bucket, aws_s3_bucket_lifecycle_configuration]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_lifecycle_configuration, path: bucket}
#     - {type: aws_s3_bucket_lifecycle_configuration, path: rule.status}
#     - {type: aws_s3_bucket_lifecycle_configuration, path: rule.expiration.days}
#     - {type: aws_s3_bucket_lifecycle_configuration, path: rule.expiration.date}
#     - {type: aws_s3_bucket_lifecycle_configuration, path: rule.noncurrent_version_expiration.noncurrent_days}
#   environments: [production, qualification]
#   bucket_roles: [record, audit, replica, inbox, evidence]
#   failure_msg: "A lifecycle rule expires records early: {attribute} is {actual}, {expected} is required."
#   fix: "Remove the expiration, or set it to at least the retention of the record class."
#   verified_by: [IQ]
package part11.p11_10c_06

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.scope

# An expiration in days must not come before the retention ends.
answers contains answer.at_least(rule.address, attribute.dotted(path), reading, minimum, "days") if {
	some address, rules in _rules
	minimum := bucket.minimum_days(address)
	some rule in rules
	some path in _paths(rule.index)
	reading := attribute.read(input.resources[rule.address], path)
	reading.status != "not_set"
}

# A date says nothing about the age of the objects that it meets.
answers contains answer.failed(rule.address, "rule.expiration.date", "not set", attribute.shown(reading)) if {
	some rules in _rules
	some rule in rules
	reading := attribute.read(input.resources[rule.address], ["rule", rule.index, "expiration", 0, "date"])
	reading.status != "not_set"
}

answers contains answer.unknown(address, "rule", "rules that are known", "known after apply") if {
	some address in _buckets
	_uncertain(address)
}

answers contains answer.unknown(address, "tags", "a record class of the settings", "not known") if {
	some address in _buckets
	not bucket.minimum_days(address)
}

answers contains answer.passed(address, "rule", "no expiration before the retention ends", "no expiration") if {
	some address in _buckets
	bucket.minimum_days(address)
	not _uncertain(address)
	not _expires(address)
}

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

# Rules in force by bucket; one whose status is not known may be.
_rules[address] contains {"address": lifecycle, "index": i} if {
	some address in _buckets
	some lifecycle in bucket.parts(address, _type)
	some i in attribute.blocks(input.resources[lifecycle], ["rule"])
	not attribute.is_value(attribute.read(input.resources[lifecycle], ["rule", i, "status"]), "Disabled")
}

_paths(i) := [
	["rule", i, "expiration", 0, "days"],
	["rule", i, "noncurrent_version_expiration", 0, "noncurrent_days"],
]

_expires(address) if {
	some rule in _rules[address]
	some path in array.concat(_paths(rule.index), [["rule", rule.index, "expiration", 0, "date"]])
	attribute.read(input.resources[rule.address], path).status != "not_set"
}

_uncertain(address) if bucket.part_unknown(address, _type)

_uncertain(address) if {
	some lifecycle in bucket.parts(address, _type)
	attribute.blocks_unknown(input.resources[lifecycle], ["rule"])
}

_type := "aws_s3_bucket_lifecycle_configuration"
