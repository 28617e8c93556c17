# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: No destroy, replace or forget of a record-bearing resource
# description: |-
#   Deleting a bucket, lock, key, table, trail, log group or vault ends the protection of the records in it, and
#   forgetting one takes it out of change control. A replacement, a rename without a moved block included, deletes
#   first or last. In every environment: which one a plan is for is only what the caller says.
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
#     - aws_dynamodb_table
#     - aws_kms_key
#     - aws_s3_account_public_access_block
#     - aws_s3_bucket
#     - aws_s3_bucket_object_lock_configuration
#     - aws_s3_bucket_policy
#     - aws_s3_bucket_public_access_block
#     - aws_s3_bucket_replication_configuration
#     - aws_s3_bucket_server_side_encryption_configuration
#     - aws_s3_bucket_versioning
#   attributes: []
#   environments: [production, qualification, development]
#   failure_msg: "{address} would be destroyed, replaced or forgotten ({actual})."
#   fix: "Keep the resource: use a moved block for a rename, ignore or revert the argument that forces replacement, or have the change approved as a waiver."
#   verified_by:
#     - "none: the actions of a plan are judged before it is applied, nothing is there to read back"
package part11.meta_03

import data.lib.answer
import data.lib.scope

answers contains _judged(address, input.resources[address].actions) if some address in _subjects

_judged(address, actions) := answer.failed(address, "actions", _expected, concat(", ", actions)) if {
	_loses(actions)
} else := answer.passed(address, "actions", _expected, concat(", ", actions))

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing resource") if count(_subjects) == 0

# Deleted and deposed objects too: they are what this control is about.
_subjects contains address if {
	some type in scope.types(rego.metadata.chain())
	some address in object.get(input.byType, type, [])
}

_loses(actions) if {
	"delete" in actions
} else if {
	"forget" in actions
}

_expected := "neither delete nor forget"
