# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The ledger can be restored to any second of 35 days
# description: |-
#   Point-in-time recovery brings rows back that were overwritten or deleted, for 35 days and no longer. A ledger is a
#   table with the tag Part11Role = ledger; one whose tag is not known or misspelt counts. Where no block is written the
#   recovery is off, though the plan calls it "known after apply".
# custom:
#   id: P11-10c-15
#   severity: high
#   clauses: ["11.10(a)", "11.10(c)"]
#   annex11: ["7.2"]
#   alcoa: [enduring, available]
#   requirements: [URS-019]
#   resources: [aws_dynamodb_table]
#   attributes:
#     - {type: aws_dynamodb_table, path: point_in_time_recovery.enabled}
#     - {type: aws_dynamodb_table, path: point_in_time_recovery.recovery_period_in_days}
#     - {type: aws_dynamodb_table, path: tags}
#     - {type: aws_dynamodb_table, path: tags_all}
#   environments: [production, qualification]
#   failure_msg: "The ledger cannot be restored to each second of 35 days: {attribute} is {actual}."
#   fix: Set point_in_time_recovery with enabled = true and recovery_period_in_days = 35.
#   verified_by: [IQ]
package part11.p11_10c_15

import data.lib.answer
import data.lib.attribute
import data.lib.scope
import data.lib.table

answers contains answer.exact(address, attribute.dotted(path), reading, true) if {
	path := ["point_in_time_recovery", 0, "enabled"]
	some address in _ledgers
	reading := attribute.read(input.resources[address], path)
}

answers contains answer.at_least(address, attribute.dotted(path), reading, 35, "days") if {
	path := ["point_in_time_recovery", 0, "recovery_period_in_days"]
	some address in _ledgers
	reading := attribute.read(input.resources[address], path)
}

not_applicable := scope.reason(rego.metadata.chain(), "ledger table") if count(_ledgers) == 0

_ledgers := {address |
	scope.applies(rego.metadata.chain())
	some address in table.of_role("ledger")
}
