# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The audit bucket has a locked replica elsewhere
# description: |-
#   An enabled rule copies the whole audit bucket to a bucket in another region whose lock is at least as long: the
#   trail survives the loss of a region, and the copy is as immutable as the original.
# custom:
#   id: P11-10e-12
#   severity: high
#   clauses: ["11.10(c)", "11.10(e)"]
#   annex11: ["16"]
#   alcoa: [available, enduring]
#   requirements: [URS-014]
#   resources:
#     - aws_s3_bucket
#     - aws_s3_bucket_replication_configuration
#     - aws_s3_bucket_object_lock_configuration
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.status}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.filter}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.prefix}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_s3_bucket_object_lock_configuration, path: bucket}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.days}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.years}
#   environments: [production, qualification]
#   bucket_roles: [audit]
#   failure_msg: The audit trail has no locked copy in another region.
#   fix: Replicate the whole audit bucket to a locked bucket in another region.
#   verified_by: [IQ]
package part11.p11_10e_12

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.replication
import data.lib.scope

answers contains _judged(address) if some address in _buckets

not_applicable := scope.reason(rego.metadata.chain(), "audit bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_judged(address) := answer.passed(address, _attribute, _expected, concat(", ", sort(_faults(address, "none")))) if {
	count(_faults(address, "none")) > 0
} else := answer.unknown(address, _attribute, _expected, "known after apply") if {
	_undecided(address)
} else := answer.failed(address, _attribute, _expected, concat(", ", sort({fault | some fault, _ in _copies[address]}))) if {
	count(_copies[address]) > 0
} else := answer.failed(address, _attribute, _expected, "no enabled rule for the whole bucket")

_faults(address, fault) := object.get(_copies, [address, fault], set())

# Audit bucket -> what is wrong with a copy -> copies.
_copies[address][fault] contains destination if {
	some address in _buckets
	some rule in _enabled[address]
	some destination in replication.destinations(rule)
	fault := _fault(address, destination)
}

_enabled[address] := [rule |
	some rule in replication.rules(address)
	attribute.is_value(_status(rule), "Enabled")
] if some address in _buckets

_status(rule) := attribute.read(input.resources[rule.address], ["rule", rule.index, "status"])

_undecided(address) if replication.uncertain(address)

_undecided(address) if {
	some rule in _enabled[address]
	count(replication.destinations(rule)) == 0
}

_undecided(address) if {
	some rule in replication.rules(address)
	_status(rule).status == "unknown"
}

_undecided(address) if count(_faults(address, "not known")) > 0

_fault(source, destination) := "not known" if {
	null in {input.resources[source].region, input.resources[destination].region}
} else := "same region" if {
	input.resources[source].region == input.resources[destination].region
} else := "not known" if {
	some end in [source, destination]
	some reading in bucket.lock_readings(end)
	reading.status == "unknown"
} else := "not locked" if {
	_days(destination) == 0
} else := "lock shorter than the source's" if {
	_days(destination) < _days(source)
} else := "none"

_days(address) := min([object.get(reading, "value", 0) | some reading in bucket.lock_readings(address)])

_attribute := "rule.destination.bucket"

_expected := "a copy in another region, locked at least as long"
