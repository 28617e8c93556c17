# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Every access to the ledger and to signatures is recorded
# description: |-
#   Data events of DynamoDB are off unless a trail asks for them. Reads and writes of each ledger and signature table (tag
#   Part11Role) are recorded, so that a row that was not written by the system itself shows; so are those of tables of
#   vendors and deliveries, which say who may send what.
# custom:
#   id: P11-10e-04
#   severity: high
#   clauses: ["11.10(e)"]
#   annex11: ["9"]
#   alcoa: [attributable, complete]
#   requirements: [URS-016, URS-019]
#   resources: [aws_dynamodb_table, aws_cloudtrail]
#   attributes:
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.ends_with}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.equals}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.field}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.not_ends_with}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.not_equals}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.not_starts_with}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.starts_with}
#     - {type: aws_cloudtrail, path: enable_logging}
#     - {type: aws_cloudtrail, path: event_selector.data_resource.type}
#     - {type: aws_cloudtrail, path: event_selector.data_resource.values}
#     - {type: aws_cloudtrail, path: event_selector.read_write_type}
#     - {type: aws_cloudtrail, path: is_multi_region_trail}
#     - {type: aws_dynamodb_table, path: name}
#     - {type: aws_dynamodb_table, path: tags}
#     - {type: aws_dynamodb_table, path: tags_all}
#   environments: [production, qualification, development]
#   failure_msg: Not every read and write of the table is recorded by a trail.
#   fix: Add a data event selector with resources.type AWS::DynamoDB::Table that holds the table, without readOnly or eventName.
#   verified_by: [IQ]
package part11.p11_10e_04

import data.lib.answer
import data.lib.scope
import data.lib.table
import data.lib.trail

answers contains _judged(address, trail.every_table_part - trail.recorded_of_table(address)) if some address in _tables

not_applicable := scope.reason(rego.metadata.chain(), "table with a Part11Role") if count(_tables) == 0

_tables := {address |
	scope.applies(rego.metadata.chain())
	some role in ["ledger", "signature", "identity-provider", "deliveries"]
	some address in table.of_role(role)
}

_judged(address, missing) := answer.passed(address, _attribute, _expected, "recorded") if {
	count(missing) == 0
} else := answer.unknown(address, _attribute, _expected, "selectors known after apply") if {
	trail.tables_undecided
} else := answer.failed(address, _attribute, _expected, $"not recorded: {concat(", ", sort(missing))}")

_attribute := "advanced_event_selector.field_selector.equals"

_expected := "reads and writes"
