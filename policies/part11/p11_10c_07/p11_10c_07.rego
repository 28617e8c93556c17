# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Each record bucket is replicated to another region
# description: |-
#   The loss of a region must not be the loss of the record. A rule in force copies the whole bucket to a bucket in
#   another region; a rule for a prefix or a tag leaves records behind, and may not copy them elsewhere either.
#   Replicas and inboxes need no replica of their own.
# custom:
#   id: P11-10c-07
#   severity: critical
#   clauses: ["11.10(c)"]
#   annex11: ["7.2", "16"]
#   alcoa: [available, enduring]
#   requirements: [URS-014]
#   resources: [aws_s3_bucket, aws_s3_bucket_replication_configuration]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.status}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.filter}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.prefix}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.access_control_translation.owner}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.account}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#   environments: [production, qualification]
#   bucket_roles: [record, audit, evidence]
#   failure_msg: "The bucket is not replicated to another region: {attribute} is {actual}, {expected} is required."
#   fix: "Add an aws_s3_bucket_replication_configuration with one enabled rule, an empty filter, and a destination bucket made with a provider of another region."
#   verified_by: [IQ, OQ-replica-arrives]
package part11.p11_10c_07

import data.lib.answer
import data.lib.attribute
import data.lib.replication
import data.lib.scope

answers contains answer.failed(address, "rule", "a replication rule", "no replication configuration") if {
	some address in _buckets
	count(replication.configurations(address)) == 0
	not replication.uncertain(address)
}

answers contains answer.unknown(address, "rule", "a replication rule", "known after apply") if {
	some address in _buckets
	replication.uncertain(address)
}

answers contains answer.failed(address, "rule.filter", "a rule for the whole bucket", "only rules for a part of it") if {
	some address in _buckets
	count(replication.configurations(address)) > 0
	not replication.uncertain(address)
	count(replication.rules(address)) == 0
}

answers contains answer.exact(rule.address, "rule.status", reading, "Enabled") if {
	some address in _buckets
	some rule in replication.rules(address)
	reading := attribute.read(input.resources[rule.address], ["rule", rule.index, "status"])
}

answers contains answer.of(rule.address, "rule.destination.bucket", reading, elsewhere, expected) if {
	some address in _buckets
	some rule in replication.copying(address)
	source := input.resources[address].region
	source != null
	some reading in _regions(replication.destinations(rule))
	expected := $"a bucket outside {source}"
	elsewhere := {1 | reading.value != source}
}

answers contains answer.unknown(rule.address, "rule.destination.bucket", "a bucket in another region", "the source's region is not known") if {
	some address in _buckets
	input.resources[address].region == null
	some rule in replication.copying(address)
}

answers contains answer.unknown(rule.address, "rule.destination.account", "the account of the landing zone", attribute.shown(reading)) if {
	some address in _buckets
	some rule in replication.copying(address)
	reading := attribute.read(input.resources[rule.address], ["rule", rule.index, "destination", 0, "account"])
	reading.status != "not_set"
	count({1 | reading.value in _accounts}) == 0
}

# The owner of the destination would own the copies.
answers contains answer.unknown(rule.address, "rule.destination.access_control_translation", "not set", "another owner of the copies") if {
	some address in _buckets
	some rule in replication.copying(address)
	_translated(input.resources[rule.address], ["rule", rule.index, "destination", 0, "access_control_translation"])
}

not_applicable := scope.reason(rego.metadata.chain(), "record, audit or evidence bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

# Accounts of the deploy roles; without one, every account that a rule names is a stranger's.
_accounts := {split(arn, ":")[4] | some arn in input.settings.deployRoleArns}

_translated(configuration, path) if count(attribute.blocks(configuration, path)) > 0

_translated(configuration, path) if attribute.blocks_unknown(configuration, path)

# Where the replicas would stand; a destination outside the plan, or of a region not known, is unknown.
_regions(destinations) := {reading |
	some destination in destinations
	reading := _region(input.resources[destination].region)
} if {
	count(destinations) > 0
} else := {{"status": "unknown"}}

_region(null) := {"status": "unknown"}

_region(region) := {"status": "known", "value": region} if region != null
