# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The ledger is kept as long as the records it proves
# description: |-
#   Point-in-time recovery ends after 35 days, a record class after years. A backup plan keeps the table for that long in
#   a vault whose lock holds recovery points at least as long and is past changing after some days; or the rows are
#   also written to a bucket with the tag Part11Role = ledger, whose default lock is COMPLIANCE for as long. A selection
#   that leaves resources out or sets conditions does not count. The tag RecordClass of the table tells how long.
# custom:
#   id: P11-10c-17
#   severity: high
#   clauses: ["11.10(c)"]
#   annex11: ["7.2", "17"]
#   alcoa: [enduring, available]
#   requirements: [URS-010, URS-019]
#   resources:
#     - aws_dynamodb_table
#     - aws_backup_plan
#     - aws_backup_selection
#     - aws_backup_vault_lock_configuration
#     - aws_s3_bucket
#     - aws_s3_bucket_object_lock_configuration
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
#     - {type: aws_dynamodb_table, path: name}
#     - {type: aws_dynamodb_table, path: tags}
#     - {type: aws_dynamodb_table, path: tags_all}
#   environments: [production, qualification]
#   failure_msg: The ledger is not kept as long as the records whose integrity it proves.
#   fix: Select the table in a backup plan into a vault with aws_backup_vault_lock_configuration (min_retention_days and changeable_for_days), or copy the rows to a locked bucket with the tag Part11Role = ledger.
#   verified_by: [IQ, OQ-restore-ledger]
package part11.p11_10c_17

import data.lib.bucket
import data.lib.scope
import data.lib.table

answers contains {"address": address, "attribute": "min_retention_days", "status": kept.status, "expected": _expected(address), "actual": kept.actual} if {
	some address in _ledgers
	kept := table.kept(address, "ledger")
}

not_applicable := scope.reason(rego.metadata.chain(), "ledger table") if count(_ledgers) == 0

_ledgers := {address |
	scope.applies(rego.metadata.chain())
	some address in table.of_role("ledger")
}

_expected(address) := $"a locked vault or bucket for {bucket.record_days(address)} days" if {
	bucket.record_days(address)
} else := "a locked vault or bucket"
