# SPDX-License-Identifier: Apache-2.0

package lib.trail_table_test

import data.lib.fixture
import data.lib.trail

test_recorded_of_table[name] if {
	some name, case in {
		"every table": [_advanced([[]]), _all],
		"the table by ARN": [_advanced([[_arn("equals", _own)]]), _all],
		"one of several ARNs": [_advanced([[_field("resources.ARN", {"equals": ["arn:aws:dynamodb:eu-west-1:1:table/other", _own]})]]), _all],
		"a beginning of the ARN": [_advanced([[_arn("starts_with", "arn:aws:dynamodb:eu-west-1:1:table/led")]]), _all],
		"a beginning before the account": [_advanced([[_arn("starts_with", "arn:aws:dynamodb:")]]), _all],
		"another table": [_advanced([[_arn("equals", "arn:aws:dynamodb:eu-west-1:1:table/other")]]), set()],
		"another beginning": [_advanced([[_arn("starts_with", "arn:aws:dynamodb:eu-west-1:1:table/other")]]), set()],
		"another region": [_advanced([[_arn("equals", "arn:aws:dynamodb:eu-north-1:1:table/ledger")]]), set()],
		"another region's beginning": [_advanced([[_arn("starts_with", "arn:aws:dynamodb:eu-north-1:1:table/")]]), set()],
		"all but the table": [_advanced([[_arn("not_equals", _own)]]), set()],
		"a beginning and an end": [_advanced([[_field("resources.ARN", {"starts_with": ["arn:aws:dynamodb:"], "ends_with": ["x"]})]]), set()],
		"reads": [_advanced([[_field("readOnly", {"equals": ["true"]})]]), {"reads"}],
		"writes": [_advanced([[_field("readOnly", {"equals": ["false"]})]]), {"writes"}],
		"reads and writes apart": [
			_advanced([[_field("readOnly", {"equals": ["true"]})], [_field("readOnly", {"equals": ["false"]})]]),
			_all,
		],
		"one kind of event": [_advanced([[_field("eventName", {"equals": ["PutItem"]})]]), set()],
		"objects": [
			{"advanced_event_selector": [{"field_selector": [
				_field("eventCategory", {"equals": ["Data"]}),
				_field("resources.type", {"equals": ["AWS::S3::Object"]}),
			]}]},
			set(),
		],
		"classic": [_classic({"values": ["arn:aws:dynamodb"]}, {}), _all],
		"classic, the table": [_classic({"values": [_own]}, {}), _all],
		"classic, another table": [_classic({"values": ["arn:aws:dynamodb:eu-west-1:1:table/other"]}, {}), set()],
		"classic, reads": [_classic({"values": ["arn:aws:dynamodb"]}, {"read_write_type": "ReadOnly"}), {"reads"}],
		"classic, writes": [_classic({"values": ["arn:aws:dynamodb"]}, {"read_write_type": "WriteOnly"}), {"writes"}],
		"classic, objects": [{"event_selector": [{"data_resource": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}]}]}, set()],
		"stopped": [object.union(_advanced([[]]), {"enable_logging": false}), set()],
		"reads, narrowed by an operator": [_advanced([[_field("readOnly", {"equals": ["true"], "not_equals": ["true"]})]]), set()],
		"classic, all tables in China": [_classic({"values": ["arn:aws-cn:dynamodb"]}, {}), _all],
		"classic, all tables in GovCloud": [_classic({"values": ["arn:aws-us-gov:dynamodb"]}, {}), _all],
		"a beginning before the table, in China": [_advanced([[_arn("starts_with", "arn:aws-cn:dynamodb:eu-west-1:")]]), _all],
		"a beginning before the table, in GovCloud": [_advanced([[_arn("starts_with", "arn:aws-us-gov:dynamodb:eu-west-1:")]]), _all],
	}
	trail.recorded_of_table(_table) == case[1] with input as fixture.plan([_ledger, _trail(case[0])])
	not trail.tables_undecided with input as fixture.plan([_ledger, _trail(case[0])])
}

test_a_reference_tells_the_table[name] if {
	some name, case in {
		"equals": [
			_advanced([[_field("resources.ARN", {"equals": []})]]),
			["advanced_event_selector", 0, "field_selector", 2, "equals"],
			"advanced_event_selector.field_selector.equals",
		],
		"starts_with": [
			_advanced([[_field("resources.ARN", {})]]),
			["advanced_event_selector", 0, "field_selector", 2, "starts_with"],
			"advanced_event_selector.field_selector.starts_with",
		],
		"classic": [
			_classic({"values": []}, {}),
			["event_selector", 0, "data_resource", 0, "values"],
			"event_selector.data_resource.values",
		],
	}
	dark := fixture.unknown(_trail(case[0]), [case[1]])
	told := fixture.plan([_ledger, fixture.referring(dark, {case[2]: [_table]})])
	trail.recorded_of_table(_table) == _all with input as told
	not trail.tables_undecided with input as told
	untold := fixture.plan([_ledger, dark])
	trail.recorded_of_table(_table) == set() with input as untold
	trail.tables_undecided with input as untold
}

test_an_operator_not_known_records_nothing if {
	narrowed := fixture.unknown(_trail(_advanced([[_arn("equals", _own)]])), [["advanced_event_selector", 0, "field_selector", 2, "not_equals"]])
	trail.recorded_of_table(_table) == set() with input as fixture.plan([_ledger, narrowed])
}

test_a_field_not_understood_records_nothing_whatever_it_says if {
	events := fixture.unknown(_trail(_advanced([[_field("eventName", {})]])), [["advanced_event_selector", 0, "field_selector", 2, "equals"]])
	trail.recorded_of_table(_table) == set() with input as fixture.plan([_ledger, events])
}

test_a_trail_of_another_region_records_nothing if {
	elsewhere := object.union(_trail(object.union(_advanced([[]]), {"is_multi_region_trail": false})), {"region": "eu-north-1"})
	trail.recorded_of_table(_table) == set() with input as fixture.plan([_ledger, elsewhere])
}

_table := "aws_dynamodb_table.ledger"

_own := "arn:aws:dynamodb:eu-west-1:1:table/ledger"

_all := {"reads", "writes"}

_ledger := fixture.resource("aws_dynamodb_table", "ledger", {"name": "ledger"})

_field(name, operators) := object.union({"field": name, "not_equals": null, "ends_with": []}, operators)

_arn(operator, text) := _field("resources.ARN", {operator: [text]})

_advanced(selectors) := {"advanced_event_selector": [{"field_selector": array.concat(_data, fields)} | some fields in selectors]}

_data := [_field("eventCategory", {"equals": ["Data"]}), _field("resources.type", {"equals": ["AWS::DynamoDB::Table"]})]

_classic(source, selector) := {"event_selector": [object.union(selector, {"data_resource": [object.union({"type": "AWS::DynamoDB::Table"}, source)]})]}

_trail(values) := fixture.resource("aws_cloudtrail", "trail", object.union({"enable_logging": true, "is_multi_region_trail": true}, values))

test_a_known_classic_text_is_not_overruled_by_a_reference if {
	other := _trail(_classic({"values": ["arn:aws:dynamodb:eu-west-1:1:table/other"]}, {}))
	referring := fixture.referring(other, {"event_selector.data_resource.values": [_table]})
	trail.recorded_of_table(_table) == set() with input as fixture.plan([_ledger, referring])
}

test_selectors_of_a_bucket_leave_no_table_open if {
	dark := fixture.unknown(_trail({}), [["advanced_event_selector", 0, "field_selector", 2, "starts_with"]])
	of_bucket := fixture.referring(dark, {"advanced_event_selector.field_selector.starts_with": ["aws_s3_bucket.raw"]})
	not trail.tables_undecided with input as fixture.plan([_ledger, fixture.bucket("raw", {}), of_bucket])
}

test_classic_selectors_not_known_leave_tables_open if {
	trail.tables_undecided with input as fixture.plan([_ledger, fixture.unknown(_trail({}), [["event_selector"]])])
}
