# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Nothing of a record-bearing resource is ignored
# description: |-
#   With ignore_changes Terraform neither reports nor corrects what somebody changed in the account, so the plan goes on
#   saying what is no longer true. Of what bears or protects records nothing is ignored; of every other type that controls
#   read, no attribute that they read, as their METADATA lists them, tags aside.
# custom:
#   id: META-13
#   severity: medium
#   clauses: ["11.10(a)", "11.10(k)"]
#   annex11: ["10", "11"]
#   alcoa: [consistent, accurate]
#   requirements: [URS-032]
#   resources:
#     - aws_cloudtrail
#     - aws_kms_key
#     - aws_s3_bucket
#     - aws_s3_bucket_object_lock_configuration
#     - aws_s3_bucket_policy
#     - aws_s3_bucket_public_access_block
#     - aws_s3_bucket_replication_configuration
#     - aws_s3_bucket_versioning
#   attributes:
#     - {type: aws_cloudtrail, path: lifecycle.ignore_changes}
#     - {type: aws_kms_key, path: lifecycle.ignore_changes}
#     - {type: aws_s3_bucket, path: lifecycle.ignore_changes}
#     - {type: aws_s3_bucket_object_lock_configuration, path: lifecycle.ignore_changes}
#     - {type: aws_s3_bucket_policy, path: lifecycle.ignore_changes}
#     - {type: aws_s3_bucket_public_access_block, path: lifecycle.ignore_changes}
#     - {type: aws_s3_bucket_replication_configuration, path: lifecycle.ignore_changes}
#     - {type: aws_s3_bucket_versioning, path: lifecycle.ignore_changes}
#   environments: [production, qualification]
#   failure_msg: "{address} ignores changes of {actual}."
#   fix: Remove lifecycle.ignore_changes, and give the gate the cdk.tf.json where there is one (--synth).
#   verified_by:
#     - "none: lifecycle stands in the synthesized configuration alone and shows in no AWS API"
package part11.meta_13

import data.lib.answer
import data.lib.resource
import data.lib.scope

answers contains _judged(address, input.resources[address].lifecycle) if some address in _subjects

answers contains answer.failed(address, _attribute, _none_read, concat(", ", sort(ignored))) if {
	some address, ignored in _ignoring
}

answers contains answer.passed("plan", _attribute, _none_read, $"{count(_others)} resources") if {
	count(_others) > 0
	count(_dark) == 0
	count(_ignoring) == 0
}

# Where resources that bear records are, theirs are the answers that say so.
answers contains answer.unknown("plan", _attribute, _none_read, "not known without --synth") if {
	count(_dark) > 0
	count(_subjects) == 0
}

not_applicable := scope.reason(rego.metadata.chain(), "resource that a control reads") if {
	count(_subjects) + count(_others) == 0
}

_subjects contains address if {
	some type in scope.types(rego.metadata.chain())
	some address in scope.existing(rego.metadata.chain(), type)
	not resource.inline(address)
}

# Resources of all other types that controls read.
_others := [address |
	some type, _ in data.part11_data.controlled_attributes
	not _bearing[type]
	some address in scope.existing(rego.metadata.chain(), type)
	not resource.inline(address)
]

_bearing := {type | some type in scope.types(rego.metadata.chain())}

_dark := [address | some address in _others; input.resources[address].lifecycle == null]

_ignoring[address] := ignored if {
	some address in _others
	count(input.resources[address].lifecycle.ignoreChanges) > 0
	type := input.resources[address].type
	ignored := {path | some path in input.resources[address].lifecycle.ignoreChanges; _read(type, path)}
	count(ignored) > 0
}

_read(_, "all")

# The first name of a path: rule[0].status, tags["Owner"].
_read(type, path) if {
	name := split(split(path, "[")[0], ".")[0]
	name in data.part11_data.controlled_attributes[type]
	not startswith(name, "tags")
}

# Only the synthesized stack tells; plan JSON does not carry lifecycle.
_judged(address, null) := answer.unknown(address, _attribute, "nothing ignored", "not known without --synth")

_judged(address, lifecycle) := answer.failed(address, _attribute, "nothing ignored", concat(", ", lifecycle.ignoreChanges)) if {
	count(lifecycle.ignoreChanges) > 0
}

_judged(address, lifecycle) := answer.passed(address, _attribute, "nothing ignored", "none") if {
	count(lifecycle.ignoreChanges) == 0
}

_attribute := "lifecycle.ignore_changes"

_none_read := "nothing ignored that a control reads"
