# SPDX-License-Identifier: Apache-2.0

package lib.arrival_test

import data.lib.arrival
import data.lib.fixture

test_by_event_rule[name] if {
	some name, case in {
		"closed": [_closed, "pass", _function],
		"a rule on all buckets": [_with("rule", _rule({"source": ["aws.s3"]})), "pass", _function],
		"a rule on this bucket by reference": [_with("rule", _written_rule("${aws_s3_bucket.raw.id}")), "pass", _function],
		"a rule on another bucket": [_with("rule", _rule_on({"bucket": {"name": ["other"]}})), "fail", _no_rule],
		"a rule on some keys": [_with("rule", _rule_on({"bucket": {"name": ["raw"]}, "object": {"key": [{"prefix": "a/"}]}})), "fail", _no_rule],
		"a rule on small objects of the bucket": [_with("rule", _rule_on({"bucket": {"name": ["raw"], "x": [1]}})), "fail", _no_rule],
		"a rule on deletions": [_with("rule", _rule({"source": ["aws.s3"], "detail-type": ["Object Deleted"]})), "fail", _no_rule],
		"a rule that cannot be read": [
			_with("rule", fixture.unknown(_rule({}), [["event_pattern"]])),
			"unknown",
			"event_pattern not readable",
		],
		"a rule that is switched off": [_with("rule", _off(_rule({"source": ["aws.s3"]}))), "fail", "the rule is switched off"],
		"no rule": [_without("rule"), "fail", _no_rule],
		"no target": [_without("target"), "fail", "the rule has no target"],
		"a target elsewhere": [
			_with("target", fixture.referring(fixture.resource("aws_cloudwatch_event_target", "t", {"arn": "arn:x"}), {"rule": [_rule_address]})),
			"unknown",
			"arn leads to no function or queue of the plan",
		],
		"eventbridge off": [_with("notification", _notification({"eventbridge": false})), "fail", _nothing],
		"eventbridge not set": [_with("notification", _notification({})), "fail", _nothing],
		"eventbridge not known yet": [
			_with("notification", fixture.unknown(_notification({}), [["eventbridge"]])),
			"unknown",
			"eventbridge known after apply",
		],
		"a function that may never run": [_with("function", _reserving(0)), "fail", $"{_function} may never run"],
		"a function that may run once at a time": [_with("function", _reserving(1)), "pass", _function],
		"a function of which that is not known": [
			_with("function", fixture.unknown(_reserving(0), [["reserved_concurrent_executions"]])),
			"unknown",
			$"reserved_concurrent_executions of {_function} known after apply",
		],
		"no notification": [_without("notification"), "fail", _nothing],
		"a further notification": [
			object.union(_closed, {"another": fixture.part("aws_s3_bucket_notification", "another", "raw", {"eventbridge": false})}),
			"unknown",
			"its notification cannot be told",
		],
		"a further notification of one of several buckets": [
			object.union(_closed, {"another": fixture.ambiguously_referring(
				fixture.unknown(fixture.resource("aws_s3_bucket_notification", "another", {}), [["bucket"]]),
				{"bucket": ["aws_s3_bucket.raw"]},
			)}),
			"unknown",
			"its notification cannot be told",
		],
		"a notification of one of several buckets": [
			_with("notification", fixture.ambiguously_referring(_notification({"eventbridge": true}), {"bucket": ["aws_s3_bucket.raw"]})),
			"unknown",
			"its notification cannot be told",
		],
		"a rule on this bucket by reference to its name": [_with("rule", _written_rule("${aws_s3_bucket.raw.bucket}")), "pass", _function],
	}
	arrival.verdict("aws_s3_bucket.raw") == {"status": case[1], "actual": case[2]} with input as _plan(case[0], _admitting)
}

test_by_notification[name] if {
	some name, case in {
		"every object": [_direct({"events": ["s3:ObjectCreated:*"]}), "pass", _function],
		"empty filters": [_direct({"events": ["s3:ObjectCreated:*"], "filter_prefix": "", "filter_suffix": ""}), "pass", _function],
		"some keys": [_direct({"events": ["s3:ObjectCreated:*"], "filter_suffix": ".csv"}), "fail", _partly],
		"some ways to put": [_direct({"events": ["s3:ObjectCreated:Put"]}), "fail", _partly],
		"a filter not known yet": [
			fixture.unknown(_direct({"events": ["s3:ObjectCreated:*"]}), [["lambda_function", 0, "filter_prefix"]]),
			"fail",
			_partly,
		],
		"blocks not known yet": [
			fixture.unknown(_direct({"events": ["s3:ObjectCreated:*"]}), [["lambda_function"]]),
			"unknown",
			"lambda_function known after apply",
		],
		"nothing but blocks not known yet": [fixture.unknown(_notification({}), [["lambda_function"]]), "unknown", "lambda_function known after apply"],
	}
	parts := {"notification": case[0], "function": fixture.resource("aws_lambda_function", "ingest", {})}
	arrival.verdict("aws_s3_bucket.raw") == {"status": case[1], "actual": case[2]} with input as _plan(parts, _admitting)
}

test_a_closed_way_beside_an_open_one_counts if {
	both := _direct({"events": ["s3:ObjectCreated:Put"]})
	notification := object.union(both, {"values": {"eventbridge": true}})
	arrival.verdict("aws_s3_bucket.raw").status == "pass" with input as _plan(_with("notification", notification), _admitting)
}

test_by_transfer[name] if {
	some name, case in {
		"home by reference": [fixture.referring(_user({}), {"home_directory_mappings.target": ["aws_s3_bucket.raw"]}), _uploads, "pass"],
		"home by path": [_user({"home_directory": "/raw/vendor"}), _uploads, "pass"],
		"mapped by path": [_user({"home_directory_mappings": [{"entry": "/", "target": "/raw/vendor"}]}), _uploads, "pass"],
		"another home": [_user({"home_directory": "/other"}), _uploads, "fail"],
		"failed uploads only": [_user({"home_directory": "/raw"}), _rule({"source": ["aws.transfer"], "detail-type": ["SFTP Server File Upload Failed"]}), "fail"],
		"some uploads only": [_user({"home_directory": "/raw"}), _rule({"source": ["aws.transfer"], "detail": {"username": ["a"]}}), "fail"],
		"home directory by reference": [fixture.referring(_user({}), {"home_directory": ["aws_s3_bucket.raw"]}), _uploads, "pass"],
	}
	parts := object.union(_without("notification"), {"user": case[0], "rule": case[1]})
	arrival.verdict("aws_s3_bucket.raw").status == case[2] with input as _plan(parts, _admitting)
}

test_admission[name] if {
	some name, case in {
		"by the service": [_admitting, "pass", _function],
		"by everybody": [[_policy({"principals": [{"type": "*", "value": "*"}], "actions": ["lambda:*"]})], "pass", _function],
		"of another service": [[_policy({"principals": [_service("s3.amazonaws.com")], "actions": ["lambda:invokefunction"]})], "fail", _refused],
		"to another action": [[_policy({"principals": [_service("events.amazonaws.com")], "actions": ["lambda:getfunction"]})], "fail", _refused],
		"denied": [[_policy({"effect": "Deny", "principals": [_service("events.amazonaws.com")], "actions": ["lambda:invokefunction"]})], "fail", _refused],
		"nobody": [[], "fail", _refused],
		"by a policy not known": [
			[{"address": "aws_lambda_permission.p", "attribute": "policy", "use": "resource", "subjects": [_function], "origin": "unknown", "statements": []}],
			"unknown",
			$"the policy of {_function} is not known",
		],
		"by a permission whose function cannot be told": [
			[object.union(_policy({"principals": [_service("events.amazonaws.com")], "actions": ["lambda:invokefunction"]}), {"subjects": []})],
			"unknown",
			$"the policy of {_function} is not known",
		],
		"by a queue policy whose queue cannot be told": [
			[object.union(_policy({"principals": [_service("events.amazonaws.com")], "actions": ["lambda:invokefunction"]}), {"address": "aws_sqs_queue_policy.p", "subjects": []})],
			"unknown",
			$"the policy of {_function} is not known",
		],
	}
	arrival.verdict("aws_s3_bucket.raw") == {"status": case[1], "actual": case[2]} with input as _plan(_closed, case[0])
}

test_queues[name] if {
	some name, case in {
		"a function takes from it": [[_mapping({})], "pass", _function],
		"nobody takes from it": [[], "fail", $"no function takes from {_queue}"],
		"switched off": [[_mapping({"enabled": false})], "fail", "aws_lambda_event_source_mapping.m is switched off"],
		"not known whether on": [[fixture.unknown(_mapping({}), [["enabled"]])], "unknown", "enabled of aws_lambda_event_source_mapping.m known after apply"],
		"a function elsewhere takes from it": [
			[fixture.referring(fixture.resource("aws_lambda_event_source_mapping", "m", {}), {"event_source_arn": [_queue]})],
			"unknown",
			"function_name of aws_lambda_event_source_mapping.m leads out of the plan",
		],
	}
	parts := object.union(_with("target", _target(_queue)), {"queue": fixture.resource("aws_sqs_queue", "q", {})})
	policies := [{
		"address": "aws_sqs_queue_policy.p", "attribute": "policy", "use": "resource", "subjects": [_queue],
		"statements": [fixture.statement({"principals": [_service("events.amazonaws.com")], "actions": ["sqs:sendmessage"]})],
	}]
	plan := fixture.with_policies(fixture.plan(array.concat([part | some part in parts], case[0])), policies)
	arrival.verdict("aws_s3_bucket.raw") == {"status": case[1], "actual": case[2]} with input as plan
}

test_targets_and_receivers if {
	arrival.targets == {"aws_cloudwatch_event_target.t"} with input as _plan(_closed, [])
	arrival.receivers == {_function} with input as _plan(_closed, [])
	arrival.targets == set() with input as _plan(_with("rule", _rule({"source": ["aws.ec2"]})), [])
	arrival.receivers == {_function} with input as _plan({"notification": _direct({}), "function": _closed.function}, [])
}

_plan(parts, policies) := fixture.with_policies(
	fixture.plan(array.concat([fixture.tagged_bucket("raw", "record"), fixture.resource("aws_lambda_permission", "p", {}), fixture.resource("aws_sqs_queue_policy", "p", {})], [part | some part in parts])),
	policies,
)

_closed := {
	"bucket": fixture.tagged_bucket("raw", "record"),
	"notification": _notification({"eventbridge": true}),
	"rule": _rule_on({"bucket": {"name": ["raw"]}}),
	"target": _target(_function),
	"function": fixture.resource("aws_lambda_function", "ingest", {}),
}

_reserving(executions) := fixture.resource("aws_lambda_function", "ingest", {"reserved_concurrent_executions": executions})

_with(name, part) := object.union(object.remove(_closed, [name]), {name: part})

_without(name) := object.remove(_closed, [name])

_notification(values) := fixture.part("aws_s3_bucket_notification", "raw", "raw", values)

_direct(block) := object.union(_notification({"lambda_function": [block]}), {"refs": {
	"bucket": [{"address": "aws_s3_bucket.raw", "attribute": "id", "ambiguous": false}],
	"lambda_function.lambda_function_arn": [{"address": _function, "attribute": "arn", "ambiguous": false}],
}})

_rule(pattern) := fixture.resource("aws_cloudwatch_event_rule", "r", {"event_pattern": json.marshal(pattern)})

_rule_on(detail) := _rule({"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail})

_written_rule(name) := fixture.written(
	fixture.resource("aws_cloudwatch_event_rule", "r", {}),
	"event_pattern",
	json.marshal({"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"bucket": {"name": [name]}}}),
)

_off(rule) := object.union(rule, {"values": {"state": "DISABLED"}})

_uploads := _rule({"source": ["aws.transfer"], "detail-type": ["SFTP Server File Upload Completed"]})

_user(values) := fixture.resource("aws_transfer_user", "u", values)

_target(to) := fixture.referring(
	fixture.unknown(fixture.resource("aws_cloudwatch_event_target", "t", {}), [["arn"]]),
	{"rule": [_rule_address], "arn": [to]},
)

_mapping(values) := fixture.referring(
	fixture.resource("aws_lambda_event_source_mapping", "m", values),
	{"event_source_arn": [_queue], "function_name": [_function]},
)

_admitting := [_policy({"principals": [_service("events.amazonaws.com"), _service("s3.amazonaws.com")], "actions": ["lambda:invokefunction"]})]

_policy(statement) := {
	"address": "aws_lambda_permission.p", "attribute": "policy", "use": "resource", "subjects": [_function],
	"statements": [fixture.statement(statement)],
}

_service(name) := {"type": "Service", "value": name}

_function := "aws_lambda_function.ingest"

_queue := "aws_sqs_queue.q"

_rule_address := "aws_cloudwatch_event_rule.r"

_no_rule := "no event rule for every object of it"

_nothing := "nothing is told of its objects"

_partly := "lambda_function is not told of every object"

_refused := $"{_function} does not admit events.amazonaws.com"

test_a_notification_calls_a_queue if {
	notification := object.union(_notification({"queue": [{"events": ["s3:ObjectCreated:*"]}]}), {"refs": {
		"bucket": [{"address": "aws_s3_bucket.raw", "attribute": "id", "ambiguous": false}],
		"queue.queue_arn": [{"address": _queue, "attribute": "arn", "ambiguous": false}],
	}})
	parts := [fixture.tagged_bucket("raw", "record"), notification, fixture.resource("aws_sqs_queue", "q", {}), _closed.function, _mapping({})]
	policies := [{
		"address": "aws_sqs_queue_policy.p", "attribute": "policy", "use": "resource", "subjects": [_queue],
		"statements": [fixture.statement({"principals": [_service("s3.amazonaws.com")], "actions": ["sqs:sendmessage"]})],
	}]
	plan := fixture.with_policies(fixture.plan(parts), policies)
	arrival.verdict("aws_s3_bucket.raw") == {"status": "pass", "actual": _function} with input as plan
	arrival.receivers == {_queue} with input as plan
}

test_targets_of_a_rule_that_cannot_be_read_count if {
	arrival.targets == {"aws_cloudwatch_event_target.t"} with input as _plan(_with("rule", fixture.unknown(_rule({}), [["event_pattern"]])), [])
}
