# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Records stay readily retrievable
# description: |-
#   Glacier Flexible Retrieval and Deep Archive need a restore of minutes to days before a record can be read.
#   Inside the access window records stay in classes that are read at once (Glacier Instant Retrieval is one); so do the
#   copies that a replication makes.
# custom:
#   id: P11-10c-19
#   severity: medium
#   clauses: ["11.10(c)"]
#   annex11: ["17"]
#   alcoa: [available]
#   requirements: [URS-013]
#   resources: [aws_s3_bucket, aws_s3_bucket_lifecycle_configuration]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.status}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.prefix}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.filter}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.storage_class}
#     - {type: aws_s3_bucket_lifecycle_configuration, path: bucket}
#     - {type: aws_s3_bucket_lifecycle_configuration, path: rule.status}
#     - {type: aws_s3_bucket_lifecycle_configuration, path: rule.transition.storage_class}
#     - {type: aws_s3_bucket_lifecycle_configuration, path: rule.transition.days}
#     - {type: aws_s3_bucket_lifecycle_configuration, path: rule.transition.date}
#     - {type: aws_s3_bucket_lifecycle_configuration, path: rule.noncurrent_version_transition.storage_class}
#     - {type: aws_s3_bucket_lifecycle_configuration, path: rule.noncurrent_version_transition.noncurrent_days}
#   environments: [production, qualification]
#   bucket_roles: [record, audit, replica, inbox, evidence]
#   failure_msg: "Records leave ready retrieval early: {attribute} is {actual}, {expected} is required."
#   fix: "Transition to GLACIER_IR, STANDARD_IA or INTELLIGENT_TIERING, or later than the access window."
#   verified_by: [IQ]
package part11.p11_10c_19

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.replication
import data.lib.scope

answers contains answer.at_least(move.address, attribute.dotted(move.days), reading, _window, "days") if {
	some moves in _moves
	some move in moves
	_slow(move)
	attribute.read(input.resources[move.address], move.date).status == "not_set"
	reading := attribute.read(input.resources[move.address], move.days)
}

# A date says nothing about the age of the objects that it meets.
answers contains answer.failed(move.address, attribute.dotted(move.date), "not set", attribute.shown(reading)) if {
	some moves in _moves
	some move in moves
	_slow(move)
	reading := attribute.read(input.resources[move.address], move.date)
	reading.status != "not_set"
}

answers contains answer.any_value(move.address, attribute.dotted(move.class), reading, "a class that is read at once") if {
	some moves in _moves
	some move in moves
	not _slow(move)
	reading := attribute.read(input.resources[move.address], move.class)
}

# Copies have the class of their source where nothing is said.
answers contains answer.of(rule.address, "rule.destination.storage_class", reading, _at_once(reading), "a class that is read at once") if {
	some address in _buckets
	some rule in replication.copying(address)
	reading := attribute.read(input.resources[rule.address], ["rule", rule.index, "destination", 0, "storage_class"])
	reading.status != "not_set"
}

answers contains answer.unknown(address, "rule", "rules that are known", "known after apply") if {
	some address in _buckets
	_uncertain(address)
}

answers contains answer.passed(address, "rule", "no slow storage class in the access window", "no transition") if {
	some address in _buckets
	not _uncertain(address)
	not _moves[address]
}

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

# Transitions of the rules in force by bucket, of current and of noncurrent versions.
_moves[address] contains move if {
	some address in _buckets
	some lifecycle in bucket.parts(address, _type)
	some i in attribute.blocks(input.resources[lifecycle], ["rule"])
	not attribute.is_value(attribute.read(input.resources[lifecycle], ["rule", i, "status"]), "Disabled")
	some block, days in {"transition": "days", "noncurrent_version_transition": "noncurrent_days"}
	some j in attribute.blocks(input.resources[lifecycle], ["rule", i, block])
	move := {
		"address": lifecycle,
		"class": ["rule", i, block, j, "storage_class"],
		"days": ["rule", i, block, j, days],
		"date": ["rule", i, block, j, "date"],
	}
}

_slow(move) if attribute.read(input.resources[move.address], move.class).value in data.part11_data.thresholds.slow_storage_classes

_at_once(reading) := {class |
	class := reading.value
	not class in data.part11_data.thresholds.slow_storage_classes
}

_uncertain(address) if bucket.part_unknown(address, _type)

_uncertain(address) if {
	some lifecycle in bucket.parts(address, _type)
	_blocks_unknown(input.resources[lifecycle])
}

_blocks_unknown(lifecycle) if attribute.blocks_unknown(lifecycle, ["rule"])

_blocks_unknown(lifecycle) if {
	some i in attribute.blocks(lifecycle, ["rule"])
	some block in ["transition", "noncurrent_version_transition"]
	attribute.blocks_unknown(lifecycle, ["rule", i, block])
}

_window := data.part11_data.thresholds.access_window_days

_type := "aws_s3_bucket_lifecycle_configuration"
