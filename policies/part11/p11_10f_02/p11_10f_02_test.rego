# SPDX-License-Identifier: Apache-2.0

package part11.p11_10f_02_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10f_02 as control

test_order[name] if {
	some name, case in {
		"behind a review passes": [_machine("Review"), answer.passed(_sign, "definition", _expected, _flow)],
		"past the review fails": [_machine("Sign"), answer.failed(_flow, "definition", _expected, $"{_sign} is called without a review")],
		"no state machine fails": [fixture.resource("aws_x", "x", {}), answer.failed(_sign, "definition", _expected, "no state machine calls it")],
		"a definition not known yet is unknown": [
			fixture.unknown(fixture.resource("aws_sfn_state_machine", "flow", {}), [["definition"]]),
			answer.unknown(_sign, "definition", _expected, $"{_flow} is not readable"),
		],
	}
	plan := fixture.plan([_tagged, case[0]])
	control.answers == {case[1]} with input as plan
	not control.not_applicable with input as plan
}

test_callers[name] if {
	some name, case in {
		"an API of the plan": [[_api], [_arn([])], "pass", "apigateway.amazonaws.com"],
		"an API held to its source": [[_api], [_arn(["arn:aws:execute-api:eu-west-1:111122223333:abc/*"])], "pass", "apigateway.amazonaws.com"],
		"an API of anybody": [[_api], [], "fail", "any source"],
		"an API of any account": [[_api], [_arn(["*"])], "fail", "any source"],
		"an event rule": [[{"type": "Service", "value": "events.amazonaws.com"}], [_arn([])], "fail", "events.amazonaws.com"],
		"another account": [[{"type": "AWS", "value": "444455556666"}], [_arn([])], "fail", "444455556666"],
		"everybody": [[{"type": "*", "value": "*"}], [_arn([])], "fail", "*"],
		"not known": [[], [], "unknown", "principal or action known after apply"],
		"the state machine": [[{"type": "Service", "value": "states.amazonaws.com"}], [_arn([])], "pass", "states.amazonaws.com"],
	}
	permission := _permission({"statements": [fixture.statement({"principals": case[0], "conditions": case[1], "actions": ["lambda:invokefunction"]})]})
	plan := fixture.with_policies(fixture.plan([_tagged, _machine("Review")]), [permission])
	control.answers == {_reviewed, {
		"address": "aws_lambda_permission.p",
		"attribute": "policy",
		"status": case[2],
		"expected": _callers,
		"actual": case[3],
	}} with input as plan
}

test_a_permission_not_known_is_unknown if {
	plan := fixture.with_policies(fixture.plan([_tagged, _machine("Review")]), [_permission({"origin": "unknown", "statements": []})])
	control.answers == {_reviewed, answer.unknown("aws_lambda_permission.p", "policy", _callers, "text not known")} with input as plan
}

test_other_ways_to_call_fail[type] if {
	some type in ["aws_lambda_event_source_mapping", "aws_lambda_function_url"]
	caller := fixture.referring(fixture.resource(type, "c", {}), {"function_name": [_sign]})
	failed := answer.failed($"{type}.c", "function_name", _callers, _sign)
	control.answers == {_reviewed, failed} with input as fixture.plan([_tagged, _machine("Review"), caller])
}

test_functions_that_sign[name] if {
	some name, case in {
		"by its role": [_with_role({}), [_signing_policy], true],
		"by a tag that is not known": [fixture.unknown(_function({}), [["tags"]]), [], true],
		"not by another tag": [_function({"tags": {"Part11Role": "ingest"}}), [], false],
		"not by a role that does not sign": [_with_role({}), [], false],
		"by its one tag that is not known": [fixture.unknown(_function({}), [["tags", "Part11Role"]]), [], true],
	}
	plan := fixture.with_policies(fixture.plan([case[0], fixture.resource("aws_iam_role", "r", {"name": "r"})]), case[1])
	{true | some found in control.answers; found.address == _sign} == {true | case[2]} with input as plan
}

test_not_applicable if {
	plan := fixture.plan([_function({}), _machine("Sign")])
	control.not_applicable == "no function that signs in the plan" with input as plan
	control.answers == set() with input as plan
}

_tagged := _function({"tags": {"Part11Role": "sign"}})

_function(values) := fixture.resource("aws_lambda_function", "sign", object.union({"function_name": "sign"}, values))

_with_role(values) := fixture.referring(_function(values), {"role": ["aws_iam_role.r"]})

_signing_policy := {
	"address": "aws_iam_role_policy.p", "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.r"],
	"statements": [fixture.statement({"actions": ["kms:sign"], "resources": ["*"]})],
}

_machine(start) := fixture.resource("aws_sfn_state_machine", "flow", {"definition": json.marshal({
	"StartAt": start,
	"States": {
		"Review": {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Next": "Sign"},
		"Sign": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:111122223333:function:sign", "End": true},
	},
})})

_permission(fields) := object.union({"address": "aws_lambda_permission.p", "attribute": "policy", "use": "resource", "subjects": [_sign]}, fields)

_api := {"type": "Service", "value": "apigateway.amazonaws.com"}

_arn(values) := {"operator": "ArnLike", "key": "aws:sourcearn", "values": values}

_reviewed := answer.passed(_sign, "definition", _expected, _flow)

_sign := "aws_lambda_function.sign"

_flow := "aws_sfn_state_machine.flow"

_expected := "a state machine that calls it behind a review"

_callers := "an API held to its source, or the state machine"
