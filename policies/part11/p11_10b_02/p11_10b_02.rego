# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The inventory lists lock, checksum and replication
# description: |-
#   An enabled inventory of each record bucket lists all versions with their lock mode, retention date, legal hold,
#   checksum algorithm and replication status, so that the whole holding can be reconciled with the ledger.
# custom:
#   id: P11-10b-02
#   severity: medium
#   clauses: ["11.10(b)"]
#   annex11: ["8.1"]
#   alcoa: [complete, legible]
#   requirements: [URS-018]
#   resources: [aws_s3_bucket, aws_s3_bucket_inventory, aws_s3_bucket_replication_configuration]
#   attributes:
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_inventory, path: bucket}
#     - {type: aws_s3_bucket_inventory, path: enabled}
#     - {type: aws_s3_bucket_inventory, path: filter.prefix}
#     - {type: aws_s3_bucket_inventory, path: included_object_versions}
#     - {type: aws_s3_bucket_inventory, path: optional_fields}
#   environments: [production, qualification, development]
#   bucket_roles: [record]
#   failure_msg: The record bucket has no inventory that shows lock, checksum and replication of all versions.
#   fix: Add an enabled aws_s3_bucket_inventory with included_object_versions All and the five optional fields.
#   verified_by: [IQ]
package part11.p11_10b_02

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.scope

answers contains found if {
	some address in _buckets
	some inventory in _judged(address)
	some found in _answers(inventory)
}

answers contains answer.failed(address, "included_object_versions", "an inventory of all versions", "no inventory") if {
	some address in _buckets
	count(_inventories(address)) == 0
	not bucket.part_unknown(address, _type)
}

answers contains answer.unknown(address, "included_object_versions", "an inventory of all versions", "known after apply") if {
	some address in _buckets
	bucket.part_unknown(address, _type)
}

not_applicable := scope.reason(rego.metadata.chain(), "record bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_inventories(address) := bucket.parts(address, _type)

# Where one inventory shows all of it, further ones may show less.
_judged(address) := complete if {
	complete := {inventory | some inventory in _inventories(address); _complete(inventory)}
	count(complete) > 0
} else := _inventories(address)

_complete(inventory) if {
	every found in _answers(inventory) {
		found.status == "pass"
	}
}

_answers(inventory) := {
	answer.of(inventory, "enabled", _enabled(inventory), {1 | _enabled(inventory).value == true}, "true"),
	answer.exact(inventory, "included_object_versions", attribute.read(input.resources[inventory], ["included_object_versions"]), "All"),
	_fields(inventory),
	answer.exact(inventory, "filter.prefix", _prefix(input.resources[inventory]), ""),
}

# Without a filter the inventory lists the whole bucket.
_prefix(inventory) := {"status": "unknown"} if {
	attribute.blocks_unknown(inventory, ["filter"])
} else := {"status": "known", "value": ""} if {
	attribute.read(inventory, _filter).status == "not_set"
} else := attribute.read(inventory, _filter)

_filter := ["filter", 0, "prefix"]

# The provider's default.
_enabled(inventory) := {"status": "known", "value": true} if {
	attribute.read(input.resources[inventory], ["enabled"]).status == "not_set"
} else := attribute.read(input.resources[inventory], ["enabled"])

_fields(inventory) := answer.unknown(inventory, "optional_fields", _wanted, "known after apply") if {
	attribute.read(input.resources[inventory], ["optional_fields"]).status == "unknown"
} else := answer.passed(inventory, "optional_fields", _wanted, "all of them") if {
	count(_missing(inventory)) == 0
} else := answer.failed(inventory, "optional_fields", _wanted, $"missing {concat(", ", sort(_missing(inventory)))}")

_missing(inventory) := _required - {field | some field in object.get(input.resources[inventory].values, "optional_fields", [])}

_required := {field | some field in data.part11_data.inventory_fields}

_wanted := concat(", ", sort(_required))

_type := "aws_s3_bucket_inventory"
