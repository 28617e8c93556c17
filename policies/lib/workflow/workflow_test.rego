# SPDX-License-Identifier: Apache-2.0

package lib.workflow_test

import data.lib.fixture
import data.lib.workflow

test_calls[name] if {
	some name, case in {
		"by ARN": [{"Resource": _arn}, true],
		"by ARN of an alias": [{"Resource": $"{_arn}:live"}, true],
		"by reference": [{"Resource": "${aws_lambda_function.sign.arn}"}, true],
		"by reference to an alias": [{"Resource": "${aws_lambda_function.sign.arn}:live"}, true],
		"by name": [{"Resource": "arn:aws:states:::lambda:invoke", "Parameters": {"FunctionName": "sign"}}, true],
		"by name in JSONata": [{"Resource": "arn:aws:states:::lambda:invoke", "Arguments": {"FunctionName": "sign:1"}}, true],
		"within a branch": [{"Type": "Parallel", "Branches": [{"States": {"Inner": {"Resource": _arn}}}]}, true],
		"another function": [{"Resource": "arn:aws:lambda:eu-west-1:111122223333:function:other"}, false],
		"a state of its name": [{"Type": "Pass", "Next": "sign"}, false],
		"another reference": [{"Resource": "${aws_lambda_function.other.arn}"}, false],
		"by reference to its name": [{"Resource": "${aws_lambda_function.sign.function_name}"}, true],
		"by reference to the ARN it is invoked by": [{"Resource": "${aws_lambda_function.sign.invoke_arn}"}, true],
		"by reference to the ARN of its version": [{"Resource": "${aws_lambda_function.sign.qualified_arn}"}, true],
	}
	plan := _plan({"StartAt": "Do", "States": {"Do": case[0]}})
	{true | workflow.calling[_function][_machine]} == {true | case[1]} with input as plan
}

test_unreviewed[name] if {
	some name, case in {
		"called at once": ["Sign", {"Sign": _sign}, true],
		"called after a review": ["Review", {"Review": _review("Sign", []), "Sign": _sign}, false],
		"called after an activity": ["Review", {"Review": {"Resource": "arn:aws:states:eu-west-1:111122223333:activity:review", "Next": "Sign"}, "Sign": _sign}, false],
		"called after something else": ["Check", {"Check": {"Type": "Pass", "Next": "Sign"}, "Sign": _sign}, true],
		"called on the error of a review": ["Review", {"Review": _review("Sign", [{"Next": "Sign"}]), "Sign": _sign}, true],
		"reviewed again on the error of a review": [
			"Review",
			{"Review": _review("Sign", [{"Next": "Again"}]), "Again": _review("Sign", []), "Sign": _sign},
			false,
		],
		"called past the review by choice": [
			"Choose",
			{"Choose": {"Type": "Choice", "Choices": [{"Next": "Review"}], "Default": "Sign"}, "Review": _review("Sign", []), "Sign": _sign},
			true,
		],
		"reviewed whatever the choice": [
			"Choose",
			{"Choose": {"Type": "Choice", "Choices": [{"Next": "Review"}], "Default": "Review"}, "Review": _review("Sign", []), "Sign": _sign},
			false,
		],
		"called on an error before the review": [
			"Check",
			{"Check": {"Next": "Review", "Catch": [{"Next": "Sign"}]}, "Review": _review("Sign", []), "Sign": _sign},
			true,
		],
		"the call itself waits": ["Sign", {"Sign": {"Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken", "Parameters": {"FunctionName": "sign"}}}, true],
		"never called": ["Review", {"Review": _review("Review", []), "Sign": _sign}, false],
		"called by choice": [
			"Choose",
			{"Choose": {"Type": "Choice", "Choices": [{"Next": "Sign"}], "Default": "Review"}, "Review": _review("Sign", []), "Sign": _sign},
			true,
		],
	}
	plan := _plan({"StartAt": case[0], "States": case[1]})
	{true | workflow.unreviewed(_machine, _function)} == {true | case[2]} with input as plan
}

test_unreadable[name] if {
	some name, case in {
		"readable": [_resource({"definition": `{"StartAt": "a", "States": {}}`}), set()],
		"no state": [_resource({"definition": `{"StartAt": "a"}`}), {_machine}],
		"no start": [_resource({"definition": `{"States": {}}`}), {_machine}],
		"no JSON": [_resource({"definition": "{"}), {_machine}],
		"not known yet": [fixture.unknown(_resource({}), [["definition"]]), {_machine}],
		"deleted": [fixture.deleted(_resource({})), set()],
	}
	workflow.unreadable == case[1] with input as fixture.plan([case[0]])
}

_plan(definition) := fixture.plan([
	_resource({"definition": json.marshal(definition)}),
	fixture.resource("aws_lambda_function", "sign", {"function_name": "sign"}),
])

_resource(values) := fixture.resource("aws_sfn_state_machine", "m", values)

_review(next, catch) := {"Type": "Task", "Resource": "arn:aws:states:::sqs:sendMessage.waitForTaskToken", "Next": next, "Catch": catch}

_sign := {"Type": "Task", "Resource": _arn, "End": true}

_arn := "arn:aws:lambda:eu-west-1:111122223333:function:sign"

_function := "aws_lambda_function.sign"

_machine := "aws_sfn_state_machine.m"
