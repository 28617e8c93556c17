# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: No destroy, replace, forget or drift of a record-bearing resource
# description: |-
#   Deleting a bucket, lock, key, table, trail, log group or vault ends the protection of the records in it, deleting a user
#   pool or transfer server loses who signed or sent, and a queue of a Part11Role what is on its way. Forgetting one
#   takes it out of change control. A replacement, a rename without a moved block included, deletes first or last. In every
#   environment: which one a plan is for is only what the caller says. What somebody changed or deleted outside of Terraform
#   went past change control; a plan that sets it back repairs it, and would hide that it happened.
# custom:
#   id: META-03
#   severity: critical
#   clauses: ["11.10(c)", "11.10(e)"]
#   annex11: ["7.1", "10"]
#   alcoa: [enduring, original]
#   requirements: [URS-009, URS-032]
#   resources:
#     - aws_backup_vault
#     - aws_backup_vault_lock_configuration
#     - aws_cloudtrail
#     - aws_cloudwatch_log_group
#     - aws_cognito_user_pool
#     - aws_dynamodb_table
#     - aws_kms_key
#     - aws_kms_replica_key
#     - aws_s3_account_public_access_block
#     - aws_s3_bucket
#     - aws_s3_bucket_object_lock_configuration
#     - aws_s3_bucket_policy
#     - aws_s3_bucket_public_access_block
#     - aws_s3_bucket_replication_configuration
#     - aws_s3_bucket_server_side_encryption_configuration
#     - aws_s3_bucket_versioning
#     - aws_sqs_queue
#     - aws_transfer_server
#   attributes:
#     - {type: aws_sqs_queue, path: tags}
#     - {type: aws_sqs_queue, path: tags_all}
#   environments: [production, qualification, development]
#   failure_msg: "{address}: {expected} required, {actual}."
#   fix: "Keep the resource: use a moved block for a rename, ignore or revert the argument that forces replacement, or have the change approved as a waiver. For drift: find out who changed it (CloudTrail), record the deviation, and have the repair approved as a waiver."
#   verified_by:
#     - "none: the actions of a plan are judged before it is applied, nothing is there to read back"
package part11.meta_03

import data.lib.answer
import data.lib.resource
import data.lib.scope
import data.lib.tag

answers contains _judged(address, input.resources[address].actions) if some address in _subjects

_judged(address, actions) := answer.failed(address, "actions", _expected, concat(", ", actions)) if {
	_loses(actions)
} else := answer.passed(address, "actions", _expected, concat(", ", actions))

answers contains _drifted(entry) if {
	some entry in input.drift
	_protected[entry.address]
}

_drifted(entry) := answer.failed(entry.address, "drift", _untouched, "deleted") if {
	"delete" in entry.actions
} else := answer.unknown(entry.address, "drift", _untouched, "not told what was changed") if {
	entry.undone == null
	entry.actions != ["no-op"]
} else := answer.failed(entry.address, "drift", _untouched, $"changed: {concat(", ", entry.undone)}") if {
	count(entry.undone) > 0
}

_untouched := "nothing changed outside of Terraform"

_protected contains address if some address in _subjects

# Of what is in no plan any more its type alone is known.
_protected contains entry.address if {
	some entry in input.drift
	not input.resources[entry.address]
	entry.type in scope.types(rego.metadata.chain())
}

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing resource") if count(answers) == 0

# Deleted and deposed objects too: they are what this control is about.
_subjects contains address if {
	some type in scope.types(rego.metadata.chain())
	some address in object.get(input.byType, type, [])
	not resource.inline(address)
	_bears(type, input.resources[address])
}

# Of carriers in general those alone that say so: a queue of something else may come and go.
_bears(type, _) if not _carriers[type]

_bears(type, carrier) if {
	_carriers[type]
	tag.in_a_part11_role(carrier)
}

_carriers := {"aws_sqs_queue"}

_loses(actions) if {
	"delete" in actions
} else if {
	"forget" in actions
}

_expected := "neither delete nor forget"
