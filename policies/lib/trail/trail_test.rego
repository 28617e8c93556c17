# SPDX-License-Identifier: Apache-2.0

package lib.trail_test

import data.lib.fixture
import data.lib.trail

_bucket := "aws_s3_bucket.raw"

_trail := "aws_cloudtrail.trail"

_field(name, operators) := object.union({"field": name}, operators)

_data := [_field("eventCategory", {"equals": ["Data"]}), _field("resources.type", {"equals": ["AWS::S3::Object"]})]

_below := _field("resources.ARN", {"equals": [], "starts_with": ["arn:aws:s3:::raw/"]})

_selecting(selectors) := {"advanced_event_selector": [{"field_selector": array.concat(_data, fields)} | some fields in selectors]}

_arn(further) := object.union(_below, further)

_narrowed(i, further) := {"advanced_event_selector": [{"field_selector": json.patch(_data, [{
	"op": "add",
	"path": $"{i}/{operator}",
	"value": values,
} |
	some operator, values in further
])}]}

_classic(selector) := {"event_selector": [selector]}

_plan(values) := fixture.plan([fixture.bucket("raw", {}), _of(values)])

_of(values) := fixture.resource("aws_cloudtrail", "trail", object.union(
	{"enable_logging": true, "is_multi_region_trail": true, "s3_bucket_name": "raw"},
	values,
))

_all := {"reads", "other writes", "puts by people", "puts by services"}

test_recorded[name] if {
	some name, case in {
		"all S3": [_selecting([[]]), _all],
		"a prefix": [_selecting([[_below]]), _all],
		"every bucket": [_selecting([[_field("resources.ARN", {"starts_with": ["arn:aws:s3:::"]})]]), _all],
		"every S3 ARN": [_selecting([[_field("resources.ARN", {"starts_with": ["arn:aws:s3"]})]]), _all],
		"another bucket": [_selecting([[_field("resources.ARN", {"starts_with": ["arn:aws:s3:::other/"]})]]), set()],
		"one object": [_selecting([[_field("resources.ARN", {"equals": ["arn:aws:s3:::raw/x"]})]]), set()],
		"one prefix of the bucket": [_selecting([[_field("resources.ARN", {"starts_with": ["arn:aws:s3:::raw/x"]})]]), set()],
		"reads only": [_selecting([[_below, _field("readOnly", {"equals": ["true"]})]]), {"reads"}],
		"reads and writes apart": [
			_selecting([[_below, _field("readOnly", {"equals": ["true"]})], [_below, _field("readOnly", {"equals": ["false"]})]]),
			_all,
		],
		"all but PutObject": [_selecting([[_below, _field("eventName", {"not_equals": ["PutObject"]})]]), {"reads", "other writes"}],
		"all but deletes": [_selecting([[_below, _field("eventName", {"not_equals": ["DeleteObject"]})]]), set()],
		"PutObject alone": [_selecting([[_below, _field("eventName", {"equals": ["PutObject"]})]]), {"puts by people", "puts by services"}],
		"PutObject by people": [
			_selecting([[_below, _field("eventName", {"equals": ["PutObject"]}), _field("userIdentity.arn", {"starts_with": ["arn:aws:"]})]]),
			{"puts by people"},
		],
		"PutObject by one role": [
			_selecting([[_below, _field("eventName", {"equals": ["PutObject"]}), _field("userIdentity.arn", {"starts_with": ["arn:aws:iam::1:role/a"]})]]),
			set(),
		],
		"outside the logs": [
			_selecting([[_below, _field("resources.ARN", {"not_starts_with": ["arn:aws:s3:::raw/AWSLogs/"]})]]),
			{"puts by people"},
		],
		"outside something else": [
			_selecting([[_below, _field("resources.ARN", {"not_starts_with": ["arn:aws:s3:::raw/in/"]})]]),
			set(),
		],
		"a field not understood": [_selecting([[_below, _field("errorCode", {"equals": ["AccessDenied"]})]]), set()],
		"management events": [{"advanced_event_selector": [{"field_selector": [_field("eventCategory", {"equals": ["Management"]})]}]}, set()],
		"classic": [_classic({"data_resource": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3:::raw/"]}]}), _all],
		"classic, all buckets": [_classic({"data_resource": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}]}), _all],
		"classic, reads": [
			_classic({"read_write_type": "ReadOnly", "data_resource": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}]}),
			{"reads"},
		],
		"classic, tables": [_classic({"data_resource": [{"type": "AWS::DynamoDB::Table", "values": ["arn:aws:dynamodb"]}]}), set()],
		"classic, management only": [_classic({}), set()],
		"stopped": [object.union(_selecting([[]]), {"enable_logging": false}), set()],
		"one region": [object.union(_selecting([[]]), {"is_multi_region_trail": false}), _all],
		"every S3 ARN in China": [_selecting([[_field("resources.ARN", {"starts_with": ["arn:aws-cn:s3"]})]]), _all],
		"every S3 ARN in GovCloud": [_selecting([[_field("resources.ARN", {"starts_with": ["arn:aws-us-gov:s3"]})]]), _all],
		"writes only": [_selecting([[_below, _field("readOnly", {"equals": ["false"]})]]), _all - {"reads"}],
		"classic, writes": [
			_classic({"read_write_type": "WriteOnly", "data_resource": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3"]}]}),
			_all - {"reads"},
		],
	}
	trail.recorded(_bucket) == case[1] with input as _plan(case[0])
}

test_a_further_operator_or_field_cuts_events_out[name] if {
	some name, case in {
		"a prefix, narrowed by its end": [_selecting([[_arn({"ends_with": [".csv"]})]]), set()],
		"a prefix, narrowed by what it does not begin with": [_selecting([[_arn({"not_starts_with": ["arn:aws:s3:::raw/"]})]]), set()],
		"a prefix, narrowed by what it does not end with": [_selecting([[_arn({"not_ends_with": ["/"]})]]), set()],
		"a prefix, narrowed by what it is not": [_selecting([[_arn({"not_equals": ["arn:aws:s3:::raw/x"]})]]), set()],
		"a prefix and one object": [_selecting([[_below, _field("resources.ARN", {"equals": ["arn:aws:s3:::raw/x"]})]]), set()],
		"a prefix and one of another bucket": [
			_selecting([[_below, _field("resources.ARN", {"starts_with": ["arn:aws:s3:::other/"]})]]),
			set(),
		],
		"an end alone": [_selecting([[_field("resources.ARN", {"ends_with": [".csv"]})]]), set()],
		"outside the logs, narrowed by its end": [
			_selecting([[_field("resources.ARN", {"not_starts_with": ["arn:aws:s3:::raw/AWSLogs/"], "not_ends_with": [".csv"]})]]),
			set(),
		],
		"category, narrowed": [_narrowed(0, {"not_equals": ["Data"]}), set()],
		"type, narrowed": [_narrowed(1, {"not_starts_with": ["AWS::S3"]}), set()],
		"reads, narrowed": [_selecting([[_below, _field("readOnly", {"equals": ["true"], "not_equals": ["true"]})]]), set()],
		"writes, narrowed": [_selecting([[_below, _field("readOnly", {"equals": ["false"], "not_equals": ["false"]})]]), set()],
		"a prefix and one below it": [
			_selecting([[_below, _field("resources.ARN", {"starts_with": ["arn:aws:s3:::raw/~"]})]]),
			set(),
		],
	}
	trail.recorded(_bucket) == case[1] with input as _plan(case[0])
}

test_another_region_is_not_recorded if {
	plan := json.patch(_plan(object.union(_selecting([[]]), {"is_multi_region_trail": false})), [{
		"op": "replace",
		"path": "resources/aws_cloudtrail.trail/region",
		"value": "us-east-1",
	}])
	trail.recorded(_bucket) == set() with input as plan
}

test_references_decide_where_text_is_not_known if {
	advanced := _selecting([[_field("resources.ARN", {})]])
	path := ["advanced_event_selector", 0, "field_selector", 2, "starts_with"]
	dotted := "advanced_event_selector.field_selector.starts_with"
	referring := fixture.plan([
		fixture.bucket("raw", {}),
		fixture.referring(fixture.unknown(_of(advanced), [path]), {dotted: [_bucket]}),
	])
	trail.recorded(_bucket) == _all with input as referring
	not trail.undecided with input as referring
	dark := fixture.plan([fixture.bucket("raw", {}), fixture.unknown(_of(advanced), [path])])
	trail.recorded(_bucket) == set() with input as dark
	trail.undecided with input as dark
}

test_an_operator_not_known_may_cut_anything_out[operator] if {
	some operator, recorded in {"starts_with": _all, "ends_with": set(), "not_starts_with": set(), "not_ends_with": set()}
	of := _of(_selecting([[_field("resources.ARN", {"starts_with": ["arn:aws:s3:::raw/"]})]]))
	path := ["advanced_event_selector", 0, "field_selector", 2, operator]
	trail.recorded(_bucket) == recorded with input as fixture.plan([fixture.bucket("raw", {}), fixture.unknown(of, [path])])
}

test_a_reference_beside_a_known_text_decides_too if {
	of := _of(_selecting([[_field("resources.ARN", {"starts_with": [null, "arn:aws:s3:::other/"]})]]))
	plan := fixture.plan([
		fixture.bucket("raw", {}),
		fixture.referring(
			fixture.unknown(of, [["advanced_event_selector", 0, "field_selector", 2, "starts_with", 0]]),
			{"advanced_event_selector.field_selector.starts_with": [_bucket]},
		),
	])
	trail.recorded(_bucket) == _all with input as plan
}

test_classic_references_decide_too if {
	of := _of(_classic({"data_resource": [{"type": "AWS::S3::Object"}]}))
	plan := fixture.plan([
		fixture.bucket("raw", {}),
		fixture.referring(
			fixture.unknown(of, [["event_selector", 0, "data_resource", 0, "values"]]),
			{"event_selector.data_resource.values": [_bucket]},
		),
	])
	trail.recorded(_bucket) == _all with input as plan
}

test_destinations if {
	trail.destinations == {_trail: {_bucket}} with input as _plan({})
	trail.delivering_to(_bucket) == {_trail} with input as _plan({})
	trail.delivering_to("aws_s3_bucket.other") == set() with input as _plan({})
}

test_management[name] if {
	some name, case in {
		"no selectors": [{}, "all"],
		"advanced": [{"advanced_event_selector": [{"field_selector": [_field("eventCategory", {"equals": ["Management"]})]}]}, "all"],
		"advanced, narrowed": [
			{"advanced_event_selector": [{"field_selector": [_field("eventCategory", {"equals": ["Management"]}), _field("readOnly", {"equals": ["false"]})]}]},
			"not all",
		],
		"advanced, narrowed by an operator": [
			{"advanced_event_selector": [{"field_selector": [_field("eventCategory", {"equals": ["Management"], "not_equals": ["Management"]})]}]},
			"not all",
		],
		"advanced, data only": [_selecting([[]]), "not all"],
		"classic": [_classic({}), "all"],
		"classic, writes": [_classic({"read_write_type": "WriteOnly"}), "not all"],
		"classic, none": [_classic({"include_management_events": false}), "not all"],
		"classic, without KMS": [_classic({"exclude_management_event_sources": ["kms.amazonaws.com"]}), "not all"],
	}
	trail.management(_trail) == {"status": "known", "value": case[1]} with input as _plan(case[0])
}

test_management_not_known if {
	plan := fixture.plan([fixture.unknown(_of({}), [["advanced_event_selector"]])])
	trail.management(_trail) == {"status": "unknown"} with input as plan
}

test_whoever_has_an_arn_is_people[prefix] if {
	some prefix in ["arn:", "arn:aws:", "arn:aws-cn:", "arn:aws-us-gov:"]
	fields := [_below, _field("eventName", {"equals": ["PutObject"]}), _field("userIdentity.arn", {"starts_with": [prefix]})]
	trail.recorded(_bucket) == {"puts by people"} with input as _plan(_selecting([fields]))
}

test_a_trail_of_all_regions_records_elsewhere if {
	elsewhere := object.union(_of(_selecting([[]])), {"region": "eu-north-1"})
	trail.recorded(_bucket) == _all with input as fixture.plan([fixture.bucket("raw", {}), elsewhere])
}

test_a_known_classic_text_is_not_overruled_by_a_reference if {
	of := _of(_classic({"data_resource": [{"type": "AWS::S3::Object", "values": ["arn:aws:s3:::other/"]}]}))
	referring := fixture.referring(of, {"event_selector.data_resource.values": [_bucket]})
	trail.recorded(_bucket) == set() with input as fixture.plan([fixture.bucket("raw", {}), referring])
}

test_a_destination_by_reference if {
	of := object.union(fixture.resource("aws_cloudtrail", "trail", {}), {"refs": fixture.referring({}, {"s3_bucket_name": [_bucket]}).refs})
	trail.destinations == {_trail: {_bucket}} with input as fixture.plan([fixture.bucket("raw", {}), of])
}

test_classic_selectors_not_known_leave_open_what_is_recorded if {
	plan := fixture.plan([fixture.unknown(_of({}), [["event_selector"]])])
	trail.undecided with input as plan
	trail.management(_trail) == {"status": "unknown"} with input as plan
}

test_the_name_of_a_bucket_is_whole if {
	plan := fixture.plan([fixture.resource("aws_s3_bucket", "raw", {"bucket": "raw/in"}), _of(_selecting([[_below]]))])
	trail.recorded(_bucket) == set() with input as plan
}
