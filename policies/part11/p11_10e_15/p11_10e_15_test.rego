# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_15_test

import data.lib.fixture
import data.part11.p11_10e_15 as control

test_answers[name] if {
	some name, case in {
		"both outcomes": [{"event_pattern": json.marshal({"source": ["aws.transfer"], "detail-type": [_kind.completed, _kind.failed]})}, {_passed("completed"), _passed("failed")}],
		"every event of the server": [{"event_pattern": `{"source": ["aws.transfer"]}`}, {_passed("completed"), _passed("failed")}],
		"completed alone": [
			{"event_pattern": json.marshal({"source": ["aws.transfer"], "detail-type": [_kind.completed]})},
			{_passed("completed"), _failed("failed", $"no event rule on {_kind.failed}")},
		],
		"switched off": [
			{"event_pattern": `{"source": ["aws.transfer"]}`, "state": "DISABLED"},
			{_failed("completed", "the rule is switched off"), _failed("failed", "the rule is switched off")},
		],
		"another source": [
			{"event_pattern": `{"source": ["aws.s3"]}`},
			{_failed("completed", $"no event rule on {_kind.completed}"), _failed("failed", $"no event rule on {_kind.failed}")},
		],
	}
	plan := _plan(fixture.resource("aws_cloudwatch_event_rule", "r", case[0]))
	control.answers == case[1] with input as plan
	not control.not_applicable with input as plan
}

test_a_pattern_not_known_yet_is_unknown if {
	plan := _plan(fixture.unknown(fixture.resource("aws_cloudwatch_event_rule", "r", {}), [["event_pattern"]]))
	{found.status | some found in control.answers} == {"unknown"} with input as plan
}

test_not_applicable if {
	plan := fixture.plan([])
	control.not_applicable == "no transfer server in the plan" with input as plan
	control.answers == set() with input as plan
}

_plan(rule) := fixture.plan([
	fixture.resource("aws_transfer_server", "s", {}),
	rule,
	fixture.referring(fixture.resource("aws_cloudwatch_event_target", "t", {}), {"rule": ["aws_cloudwatch_event_rule.r"]}),
])

_kind := {"completed": "SFTP Server File Upload Completed", "failed": "SFTP Server File Upload Failed"}

_passed(outcome) := _answer(outcome, "pass", "aws_cloudwatch_event_rule.r")

_failed(outcome, actual) := _answer(outcome, "fail", actual)

_answer(outcome, status, actual) := {
	"address": "aws_transfer_server.s",
	"attribute": $"upload-{outcome}",
	"status": status,
	"expected": "an enabled event rule with a target",
	"actual": actual,
}
