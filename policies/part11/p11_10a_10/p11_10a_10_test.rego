# SPDX-License-Identifier: Apache-2.0

package part11.p11_10a_10_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10a_10 as control

test_event_targets[name] if {
	some name, case in {
		"a queue of the plan keeps": [_to_queue(_target({}), "dead_letter_config.arn"), answer.passed(_target_address, _config, _expected, _dead)],
		"none set": [_target({}), answer.failed(_target_address, _config, _expected, "not set")],
		"out of the plan": [_target({"dead_letter_config": [{"arn": "arn:x"}]}), answer.unknown(_target_address, _config, _expected, "leads out of the plan")],
		"not known yet": [
			fixture.unknown(_target({}), [["dead_letter_config", 0, "arn"]]),
			answer.unknown(_target_address, _config, _expected, "leads out of the plan"),
		],
		"a topic of the plan keeps": [
			fixture.referring(_target({}), {"rule": ["aws_cloudwatch_event_rule.r"], "arn": [_function_address], _config: ["aws_sns_topic.dead"]}),
			answer.passed(_target_address, _config, _expected, "aws_sns_topic.dead"),
		],
	}
	plan := fixture.plan([_rule, case[0], _kept_function, _dead_queue, fixture.resource("aws_sns_topic", "dead", {})])
	control.answers == {case[1], _function_kept} with input as plan
	not control.not_applicable with input as plan
}

test_functions[name] if {
	some name, case in {
		"a destination on failure keeps": [_function({}), _to_queue(_invoke, "destination_config.on_failure.destination"), "pass", _dead],
		"none set": [_function({}), _invoke, "fail", "not set"],
		"an empty text": [_function({"dead_letter_config": [{"target_arn": ""}]}), _invoke, "fail", "not set"],
		"out of the plan": [_function({"dead_letter_config": [{"target_arn": "arn:x"}]}), _invoke, "unknown", "leads out of the plan"],
		"out of the plan beside one that keeps": [
			_function({"dead_letter_config": [{"target_arn": "arn:x"}]}),
			_to_queue(_invoke, "destination_config.on_failure.destination"),
			"pass",
			_dead,
		],
		"a destination out of the plan": [
			_function({}),
			object.union(_invoke, {"values": {"destination_config": [{"on_failure": [{"destination": "arn:x"}]}]}}),
			"unknown",
			"leads out of the plan",
		],
	}
	plan := fixture.plan([_rule, _kept_target, case[0], case[1], _dead_queue])
	answers := control.answers with input as plan
	{[found.status, found.actual] | some found in answers; found.address == _function_address} == {[case[2], case[3]]}
}

test_queues[name] if {
	some name, case in {
		"a redrive policy keeps": [_to_queue(_queue, "redrive_policy"), fixture.resource("aws_x", "x", {}), "pass", _dead],
		"a policy beside it keeps": [_queue, _to_queue(_redrive, "redrive_policy"), "pass", _dead],
		"a redrive policy as written keeps": [
			fixture.written(_queue, "redrive_policy", json.marshal({"deadLetterTargetArn": "${aws_sqs_queue.dead.arn}", "maxReceiveCount": 5})),
			fixture.resource("aws_x", "x", {}),
			"pass",
			_dead,
		],
		"a redrive policy as written that leads elsewhere": [
			fixture.written(_queue, "redrive_policy", json.marshal({"deadLetterTargetArn": "${aws_sqs_queue.other.arn}", "maxReceiveCount": 5})),
			fixture.resource("aws_x", "x", {}),
			"unknown",
			"leads out of the plan",
		],
		"none": [_queue, fixture.resource("aws_x", "x", {}), "fail", "not set"],
		"to itself": [
			fixture.referring(fixture.unknown(_queue, [["redrive_policy"]]), {"redrive_policy": ["aws_sqs_queue.arrivals"]}),
			fixture.resource("aws_x", "x", {}),
			"fail",
			"not set",
		],
	}
	target := object.union(_kept_target, {"refs": {"arn": [{"address": "aws_sqs_queue.arrivals", "attribute": "arn", "ambiguous": false}]}})
	plan := fixture.plan([_rule, target, case[0], case[1], _dead_queue])
	answers := control.answers with input as plan
	{[found.status, found.actual] | some found in answers; found.address == "aws_sqs_queue.arrivals"} == {[case[2], case[3]]}
	{found.attribute | some found in answers; found.address == "aws_sqs_queue.arrivals"} == {"redrive_policy"}
}

test_a_dead_letter_queue_that_is_deleted_keeps_nothing if {
	plan := fixture.plan([_rule, _kept_target, _kept_function, fixture.deleted(_dead_queue)])
	{found.status | some found in control.answers} == {"fail"} with input as plan
}

test_no_way_at_all_fails if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "record")])
	failed := answer.failed("plan", _config, _expected, "no way from a landed object to a function")
	control.answers == {failed} with input as plan
}

test_not_applicable if {
	plan := fixture.plan([fixture.tagged_bucket("logs", "access-log")])
	control.not_applicable == "no bucket that receives records in the plan" with input as plan
	control.answers == set() with input as plan
}

_rule := fixture.resource("aws_cloudwatch_event_rule", "r", {"event_pattern": `{"source": ["aws.s3"]}`})

_target(values) := fixture.referring(fixture.resource("aws_cloudwatch_event_target", "t", values), {
	"rule": ["aws_cloudwatch_event_rule.r"],
	"arn": [_function_address],
})

_kept_target := _to_queue(_target({}), "dead_letter_config.arn")

_function(values) := fixture.resource("aws_lambda_function", "f", values)

_kept_function := _to_queue(_function({}), "dead_letter_config.target_arn")

_function_kept := answer.passed(_function_address, "dead_letter_config.target_arn", _expected, _dead)

_invoke := fixture.referring(
	fixture.resource("aws_lambda_function_event_invoke_config", "i", {}),
	{"function_name": [_function_address]},
)

_queue := fixture.resource("aws_sqs_queue", "arrivals", {})

_redrive := fixture.referring(
	fixture.resource("aws_sqs_queue_redrive_policy", "p", {}),
	{"queue_url": ["aws_sqs_queue.arrivals"]},
)

_to_queue(of, attribute) := object.union(of, {"refs": {attribute: [{"address": _dead, "attribute": "arn", "ambiguous": false}]}})

_dead_queue := fixture.resource("aws_sqs_queue", "dead", {})

_dead := "aws_sqs_queue.dead"

_target_address := "aws_cloudwatch_event_target.t"

_function_address := "aws_lambda_function.f"

_config := "dead_letter_config.arn"

_expected := "a queue or topic that keeps what fails"
