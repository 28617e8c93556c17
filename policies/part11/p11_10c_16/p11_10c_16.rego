# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The ledger cannot be deleted and forgets nothing
# description: |-
#   A table with deletion protection refuses DeleteTable; time to live would let DynamoDB itself delete rows unseen. A
#   ledger is a table with the tag Part11Role = ledger; one whose tag is not known or misspelt counts. Where a function
#   takes in records (Part11Role = ingest) and the plan has no such table, nobody can tell how what it writes is kept.
#   Tables of vendors and deliveries (identity-provider, deliveries) say who may send what: in production they stay as
#   well.
# custom:
#   id: P11-10c-16
#   severity: high
#   clauses: ["11.10(c)"]
#   annex11: ["7.1"]
#   alcoa: [enduring, complete]
#   requirements: [URS-019]
#   resources: [aws_dynamodb_table, aws_lambda_function]
#   attributes:
#     - {type: aws_dynamodb_table, path: deletion_protection_enabled}
#     - {type: aws_dynamodb_table, path: tags}
#     - {type: aws_dynamodb_table, path: tags_all}
#     - {type: aws_dynamodb_table, path: ttl.enabled}
#     - {type: aws_lambda_function, path: tags}
#     - {type: aws_lambda_function, path: tags_all}
#   environments: [production, qualification]
#   failure_msg: "The ledger, or a table of vendors or deliveries, can lose rows: {attribute} is {actual}."
#   fix: Set deletion_protection_enabled = true, take the ttl block out, and tag the ledger Part11Role = ledger.
#   verified_by: [IQ]
package part11.p11_10c_16

import data.lib.answer
import data.lib.attribute
import data.lib.scope
import data.lib.table
import data.lib.tag

answers contains answer.exact(address, "deletion_protection_enabled", reading, true) if {
	some address in (_ledgers | _directories)
	reading := attribute.read(input.resources[address], ["deletion_protection_enabled"])
}

answers contains _lasting(address, reading) if {
	some address in (_ledgers | _directories)
	reading := attribute.read(input.resources[address], ["ttl", 0, "enabled"])
}

answers contains answer.unknown(function, "tags", "a table with Part11Role = ledger", "no ledger in the plan") if {
	count(_ledgers) == 0
	some function in scope.existing(rego.metadata.chain(), "aws_lambda_function")
	tag.has_part11_role(input.resources[function], "ingest")
}

not_applicable := scope.reason(rego.metadata.chain(), "table of a ledger, of vendors or deliveries") if count(answers) == 0

_ledgers := {address |
	scope.applies(rego.metadata.chain())
	some address in table.of_role("ledger")
}

# A deployment makes their rows again: what is torn down after a qualification need not be protected.
_directories := table.directories if {
	input.settings.environment == "production"
} else := set()

# A table has no time to live unless somebody turns it on.
_lasting(address, reading) := answer.passed(address, "ttl.enabled", "false", "not set") if {
	reading.status == "not_set"
} else := answer.exact(address, "ttl.enabled", reading, false)
