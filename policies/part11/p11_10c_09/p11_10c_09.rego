# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: KMS-encrypted objects are replicated, delete markers are not
# description: |-
#   Without the source selection criteria every SSE-KMS object is left out of replication silently. A replicated
#   delete marker would hide the copy along with the original.
# custom:
#   id: P11-10c-09
#   severity: high
#   clauses: ["11.10(c)"]
#   annex11: ["7.2"]
#   alcoa: [complete, available]
#   requirements: [URS-014]
#   resources: [aws_s3_bucket, aws_s3_bucket_replication_configuration]
#   attributes:
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.filter}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.prefix}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.source_selection_criteria.sse_kms_encrypted_objects.status}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.delete_marker_replication.status}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.encryption_configuration.replica_kms_key_id}
#   environments: [production, qualification]
#   bucket_roles: [record, audit, evidence]
#   failure_msg: "Replication leaves records out or hides them: {attribute} is {actual}, {expected} is required."
#   fix: "Set source_selection_criteria.sse_kms_encrypted_objects.status = Enabled, destination.encryption_configuration.replica_kms_key_id, and delete_marker_replication.status = Disabled."
#   verified_by: [IQ, OQ-replica-arrives]
package part11.p11_10c_09

import data.lib.answer
import data.lib.attribute
import data.lib.replication
import data.lib.resource
import data.lib.scope

answers contains answer.exact(rule.address, attribute.dotted(path), reading, "Enabled") if {
	some rule in _rules
	path := ["rule", rule.index, "source_selection_criteria", 0, "sse_kms_encrypted_objects", 0, "status"]
	reading := attribute.read(input.resources[rule.address], path)
}

answers contains answer.exact(rule.address, attribute.dotted(path), reading, "Disabled") if {
	some rule in _rules
	path := ["rule", rule.index, "delete_marker_replication", 0, "status"]
	reading := attribute.read(input.resources[rule.address], path)
}

answers contains _key_answer(rule.address, attribute.read(input.resources[rule.address], path), attribute.dotted(path)) if {
	some rule in _rules
	path := ["rule", rule.index, "destination", 0, "encryption_configuration", 0, "replica_kms_key_id"]
}

answers contains answer.unknown(address, "rule", "a replication rule for the whole bucket", "none to judge") if {
	some address in _buckets
	count(replication.rules(address)) == 0
}

not_applicable := scope.reason(rego.metadata.chain(), "record, audit or evidence bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_rules contains rule if {
	some address in _buckets
	some rule in replication.copying(address)
}

# AWS makes up the ARN of a new key, so a reference to a key of the plan is as good as the ARN itself. References do not
# tell the rules of a configuration apart, so each must lead to a key.
_key_answer(address, reading, name) := answer.passed(address, name, _key, concat(", ", sort(keys))) if {
	reading.status == "unknown"
	keys := {key |
		some key in resource.referred(input.resources[address], name)
		input.resources[key].type in {"aws_kms_key", "aws_kms_replica_key", "aws_kms_alias"}
	}
	count(keys) > 0
	count(resource.referred(input.resources[address], name) - keys) == 0
	count(resource.possibly_referred(input.resources[address], name)) == 0
} else := answer.of(address, name, reading, arns, _key) if {
	arns := {1 | contains(reading.value, ":kms:")}
}

_key := "a KMS key in the replica's region"
