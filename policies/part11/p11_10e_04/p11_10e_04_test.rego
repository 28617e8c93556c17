# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_04_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_04 as control

test_answers[name] if {
	some role in ["ledger", "signature", "identity-provider", "deliveries"]
	some which, case in {
		"all events pass": [[_trail([])], answer.passed(_table, _attribute, _expected, "recorded")],
		"writes alone fail": [
			[_trail([{"field": "readOnly", "equals": ["false"]}])],
			answer.failed(_table, _attribute, _expected, "not recorded: reads"),
		],
		"another table fails": [
			[_trail([{"field": "resources.ARN", "equals": ["arn:aws:dynamodb:eu-west-1:1:table/other"]}])],
			answer.failed(_table, _attribute, _expected, "not recorded: reads, writes"),
		],
		"no trail fails": [[], answer.failed(_table, _attribute, _expected, "not recorded: reads, writes")],
		"selectors not known are unknown": [
			[fixture.unknown(fixture.resource("aws_cloudtrail", "t", {"enable_logging": true}), [["advanced_event_selector"]])],
			answer.unknown(_table, _attribute, _expected, "selectors known after apply"),
		],
	}
	name := $"{role}: {which}"
	plan := fixture.plan(array.concat([_tagged(role)], case[0]))
	control.answers == {case[1]} with input as plan
	not control.not_applicable with input as plan
}

test_other_tables_are_not_judged if {
	plan := fixture.plan([fixture.resource("aws_dynamodb_table", "t", {"name": "t"})])
	control.not_applicable == "no table with a Part11Role in the plan" with input as plan
	control.answers == set() with input as plan
}

_table := "aws_dynamodb_table.t"

_attribute := "advanced_event_selector.field_selector.equals"

_expected := "reads and writes"

_tagged(role) := fixture.resource("aws_dynamodb_table", "t", {"name": "t", "tags": {"Part11Role": role}})

_trail(fields) := fixture.resource("aws_cloudtrail", "t", {
	"enable_logging": true,
	"is_multi_region_trail": true,
	"advanced_event_selector": [{"field_selector": array.concat(_data, fields)}],
})

_data := [{"field": "eventCategory", "equals": ["Data"]}, {"field": "resources.type", "equals": ["AWS::DynamoDB::Table"]}]
