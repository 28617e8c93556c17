# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_17_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_17 as control

test_literal_arns_pass if {
	control.answers == {
		answer.passed(_address, "cloud_watch_logs_group_arn", "set", "arn:g"),
		answer.passed(_address, "cloud_watch_logs_role_arn", "set", "arn:r"),
	} with input as fixture.plan([_both])
}

test_answers[name] if {
	some name, case in {
		"a log group of the plan passes": [
			fixture.referring(_dark, {"cloud_watch_logs_group_arn": ["aws_cloudwatch_log_group.g"]}),
			answer.passed(_address, "cloud_watch_logs_group_arn", "set", "aws_cloudwatch_log_group.g"),
		],
		"a role of the plan passes": [
			fixture.referring(
				fixture.unknown(_trail("t", {"cloud_watch_logs_group_arn": "arn:g"}), [["cloud_watch_logs_role_arn"]]),
				{"cloud_watch_logs_role_arn": ["aws_iam_role.r"]},
			),
			answer.passed(_address, "cloud_watch_logs_role_arn", "set", "aws_iam_role.r"),
		],
		"something else is unknown": [
			fixture.referring(_dark, {"cloud_watch_logs_group_arn": ["aws_cloudtrail.t"]}),
			answer.unknown(_address, "cloud_watch_logs_group_arn", "set", "known after apply"),
		],
		"no log group fails": [_trail("t", {}), answer.failed(_address, "cloud_watch_logs_group_arn", "set", "not set")],
		"no role fails": [_trail("t", {}), answer.failed(_address, "cloud_watch_logs_role_arn", "set", "not set")],
		"what is no text fails": [
			_trail("t", {"cloud_watch_logs_group_arn": 7}),
			answer.failed(_address, "cloud_watch_logs_group_arn", "set", "7"),
		],
		"no trail fails": [
			fixture.bucket("raw", {}),
			answer.failed("plan", "cloud_watch_logs_group_arn", "set", "no aws_cloudtrail in the plan"),
		],
	}
	plan := _plan(case[0], [_trust({}), _rights({})])
	case[1] in control.answers with input as plan
	count(control.answers) == 2 with input as plan
}

test_what_the_role_may[name] if {
	some name, case in {
		"nothing": [
			[],
			"fail",
			"aws_iam_role.r: logs:createlogstream is not allowed to it, logs:putlogevents is not allowed to it",
		],
		"streams only": [[_trust({}), _rights({"actions": ["logs:createlogstream"]})], "fail", "aws_iam_role.r: logs:putlogevents is not allowed to it"],
		"another service's": [
			[_trust({"principals": [{"type": "Service", "value": "logs.amazonaws.com"}]}), _rights({})],
			"fail",
			"aws_iam_role.r: it does not trust cloudtrail.amazonaws.com",
		],
		"what is not known": [[_trust({}), object.union(_rights({}), {"origin": "unknown", "statements": []})], "unknown", "the policies of aws_iam_role.r are not known"],
		"whom it trusts is not known": [
			[object.union(_trust({}), {"origin": "unknown", "statements": []}), _rights({})],
			"unknown",
			"the policies of aws_iam_role.r are not known",
		],
		"both": [[_trust({}), _rights({})], "pass", "arn:aws:iam::1:role/r"],
	}
	one := _trail("t", {"cloud_watch_logs_group_arn": "arn:aws:logs:r:1:log-group:g:*", "cloud_watch_logs_role_arn": "arn:aws:iam::1:role/r"})
	found := {[found.status, found.expected, found.actual] |
		some found in control.answers with input as _plan(one, case[0])
		found.attribute == "cloud_watch_logs_role_arn"
	}
	found == {[case[1], "set", case[2]]}
}

test_each_role_that_the_literal_may_name_must_be_let if {
	one := _trail("t", {"cloud_watch_logs_group_arn": "arn:g", "cloud_watch_logs_role_arn": "arn:aws:iam::1:role/r"})
	plan := fixture.plan([one, fixture.resource("aws_iam_role", "r", {"name": "r"}), fixture.resource("aws_iam_role", "s", {"name": "r"})])
	found := {found.actual | some found in control.answers with input as plan; found.status == "fail"}
	found == {"aws_iam_role.r: logs:createlogstream is not allowed to it, logs:putlogevents is not allowed to it"}
}

test_one_trail_is_enough if {
	{found.status | some found in control.answers} == {"pass"} with input as fixture.plan([_both, _trail("other", {})])
}

_address := "aws_cloudtrail.t"

_trail(name, values) := fixture.resource("aws_cloudtrail", name, values)

_both := _trail("t", {"cloud_watch_logs_group_arn": "arn:g", "cloud_watch_logs_role_arn": "arn:r"})

_dark := fixture.unknown(_trail("t", {"cloud_watch_logs_role_arn": "arn:r"}), [["cloud_watch_logs_group_arn"]])

_plan(one, policies) := fixture.with_policies(
	fixture.plan([
		one,
		fixture.resource("aws_cloudwatch_log_group", "g", {"name": "g"}),
		fixture.resource("aws_iam_role", "r", {"name": "r", "path": "/"}),
		fixture.resource("aws_iam_role_policy", "r", {}),
	]),
	policies,
)

_trust(fields) := {
	"address": "aws_iam_role.r", "attribute": "assume_role_policy", "use": "trust", "subjects": ["aws_iam_role.r"],
	"statements": [fixture.statement(object.union(
		{"principals": [{"type": "Service", "value": "cloudtrail.amazonaws.com"}], "actions": ["sts:assumerole"]},
		fields,
	))],
}

_rights(fields) := {
	"address": "aws_iam_role_policy.r", "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.r"],
	"statements": [fixture.statement(object.union(
		{"actions": ["logs:createlogstream", "logs:putlogevents"], "resources": ["arn:aws:logs:r:1:log-group:g:log-stream:*"]},
		fields,
	))],
}

test_rights_on_another_log_group_do_not_count[name] if {
	elsewhere := _rights({"resources": ["arn:aws:logs:r:1:log-group:other:log-stream:*"]})
	some name, one in {
		"by text": _trail("t", {"cloud_watch_logs_group_arn": "arn:aws:logs:r:1:log-group:g:*", "cloud_watch_logs_role_arn": "arn:aws:iam::1:role/r"}),
		"by reference": fixture.referring(
			fixture.unknown(_trail("t", {}), [["cloud_watch_logs_group_arn"], ["cloud_watch_logs_role_arn"]]),
			{"cloud_watch_logs_group_arn": ["aws_cloudwatch_log_group.g"], "cloud_watch_logs_role_arn": ["aws_iam_role.r"]},
		),
	}
	{found.status | some found in control.answers; found.attribute == "cloud_watch_logs_role_arn"} == {"fail"} with input as _plan(one, [_trust({}), elsewhere])
}
