# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Signatures are locked as the records they sign
# description: |-
#   A signature that can be changed or lost signs nothing. A table with the tag Part11Role = signature is protected from
#   deletion, restorable to any second and kept for the time of its RecordClass (as P11-10c-17 asks of the ledger, with
#   signature for ledger); a bucket with that tag is a record or evidence bucket whose default lock is COMPLIANCE for as
#   long. A signing key without any store fails.
# custom:
#   id: P11-50-01
#   severity: critical
#   clauses: ["11.50(b)", "11.70"]
#   annex11: ["14"]
#   alcoa: [original, enduring]
#   requirements: [URS-030]
#   resources:
#     - aws_dynamodb_table
#     - aws_s3_bucket
#     - aws_s3_bucket_object_lock_configuration
#     - aws_backup_plan
#     - aws_backup_selection
#     - aws_backup_vault_lock_configuration
#     - aws_kms_key
#   attributes:
#     - {type: aws_backup_plan, path: rule.lifecycle.delete_after}
#     - {type: aws_backup_plan, path: rule.target_vault_name}
#     - {type: aws_backup_selection, path: condition}
#     - {type: aws_backup_selection, path: not_resources}
#     - {type: aws_backup_selection, path: plan_id}
#     - {type: aws_backup_selection, path: resources}
#     - {type: aws_backup_selection, path: selection_tag.key}
#     - {type: aws_backup_selection, path: selection_tag.type}
#     - {type: aws_backup_selection, path: selection_tag.value}
#     - {type: aws_backup_vault, path: name}
#     - {type: aws_backup_vault_lock_configuration, path: backup_vault_name}
#     - {type: aws_backup_vault_lock_configuration, path: changeable_for_days}
#     - {type: aws_backup_vault_lock_configuration, path: min_retention_days}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_object_lock_configuration, path: bucket}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.days}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.mode}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.years}
#     - {type: aws_dynamodb_table, path: deletion_protection_enabled}
#     - {type: aws_dynamodb_table, path: name}
#     - {type: aws_dynamodb_table, path: point_in_time_recovery.enabled}
#     - {type: aws_dynamodb_table, path: tags}
#     - {type: aws_dynamodb_table, path: tags_all}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_kms_key, path: key_usage}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_kms_key, path: tags}
#     - {type: aws_kms_key, path: tags_all}
#     - {type: aws_kms_key_policy, path: key_id}
#     - {type: aws_kms_key_policy, path: policy}
#   environments: [production, qualification]
#   failure_msg: "Signatures can be changed or lost: {attribute} is {actual}."
#   fix: Keep signatures in a bucket with BucketRole = record and Part11Role = signature under a COMPLIANCE lock, or protect the table and back it up into a locked vault.
#   waivable: false
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_50_01

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.key
import data.lib.scope
import data.lib.table

answers contains answer.exact(address, attribute.dotted(path), reading, true) if {
	some path in [["deletion_protection_enabled"], ["point_in_time_recovery", 0, "enabled"]]
	some address in _tables
	reading := attribute.read(input.resources[address], path)
}

answers contains {"address": address, "attribute": "min_retention_days", "status": kept.status, "expected": _kept, "actual": kept.actual} if {
	some address in _tables
	kept := table.kept(address, "signature")
}

answers contains _placed(address) if some address in _buckets

answers contains _locked(address) if some address in _buckets

answers contains answer.failed("plan", "tags", "a signature store", "none") if {
	scope.applies(rego.metadata.chain())
	count(key.signing) > 0
	count(_tables) + count(_buckets) == 0
}

not_applicable := scope.reason(rego.metadata.chain(), "signing key or signature store") if count(answers) == 0

_tables := {address |
	scope.applies(rego.metadata.chain())
	some address in table.of_role("signature")
}

_buckets := {address |
	scope.applies(rego.metadata.chain())
	some address in table.signature_buckets
}

_placed(address) := answer.passed(address, "tags", _roles, bucket.roles[address]) if {
	bucket.roles[address] in {"record", "evidence", "replica"}
} else := answer.failed(address, "tags", _roles, bucket.roles[address])

_locked(address) := answer.unknown(address, _mode, _kept, "record class not known") if {
	not bucket.record_days(address)
} else := answer.passed(address, _mode, _kept, "locked") if {
	bucket.locked_for(address, bucket.record_days(address)) == "pass"
} else := answer.unknown(address, _mode, _kept, "known after apply") if {
	bucket.locked_for(address, bucket.record_days(address)) == "unknown"
} else := answer.failed(address, _mode, _kept, "not locked for so long")

_mode := "rule.default_retention.mode"

_roles := "a bucket of records or evidence"

_kept := "locked as long as the record"
