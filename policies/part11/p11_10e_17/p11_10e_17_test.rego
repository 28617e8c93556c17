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
	plan := fixture.plan([case[0], fixture.resource("aws_cloudwatch_log_group", "g", {}), fixture.resource("aws_iam_role", "r", {})])
	case[1] in control.answers with input as plan
	count(control.answers) == 2 with input as plan
}

test_roles_of_the_plan[name] if {
	some name, case in {
		"may write to the group, by reference": [_allowing(["${aws_cloudwatch_log_group.g.arn}:*"], ["aws_cloudwatch_log_group.g"]), "pass"],
		"may write to the group, by name": [_allowing(["arn:aws:logs:eu-west-1:111122223333:log-group:/audit:*"], []), "pass"],
		"may write to groups of its kind": [_allowing(["arn:aws:logs:*:*:log-group:/aud*"], []), "pass"],
		"may write anywhere": [_allowing(["*"], []), "pass"],
		"may write to all but some": [[object.union(_allow([], []), {"notResources": ["arn:aws:logs:*:*:log-group:x"]})], "pass"],
		"may write to another group": [_allowing(["arn:aws:logs:eu-west-1:111122223333:log-group:/other:*"], []), "fail"],
		"may write to no group": [_allowing(["arn:aws:s3:::audit/x"], []), "fail"],
		"may make streams only": [[object.union(_allow(["*"], []), {"actions": ["logs:createlogstream"]})], "fail"],
		"is denied what it may": [[_allow(["*"], []), fixture.statement({"effect": "Deny", "actions": ["logs:put*"], "resources": ["*"]})], "fail"],
		"may nothing": [[], "fail"],
		"may what is not known": [[object.union(_allow([], []), {"partial": true})], "unknown"],
	}
	plan := fixture.with_policies(
		fixture.plan([_by_role, fixture.resource("aws_cloudwatch_log_group", "g", {"name": "/audit"}), fixture.resource("aws_iam_role", "r", {"name": "r"})]),
		[{"address": "aws_iam_role_policy.r", "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.r"], "statements": case[0]}],
	)
	[found.status | some found in control.answers; found.attribute == "cloud_watch_logs_role_arn"] == [case[1]] with input as plan
}

test_a_role_and_a_group_that_is_elsewhere[name] if {
	some name, case in {
		"its name": [_allowing(["arn:aws:logs:eu-west-1:111122223333:log-group:/audit:*"], []), "pass"],
		"another name": [_allowing(["arn:aws:logs:eu-west-1:111122223333:log-group:/other:*"], []), "fail"],
	}
	trail := fixture.referring(
		fixture.unknown(_trail("t", {"cloud_watch_logs_group_arn": "arn:aws:logs:eu-west-1:111122223333:log-group:/audit:*"}), [["cloud_watch_logs_role_arn"]]),
		{"cloud_watch_logs_role_arn": ["aws_iam_role.r"]},
	)
	plan := fixture.with_policies(
		fixture.plan([trail, fixture.resource("aws_iam_role", "r", {"name": "r"})]),
		[{"address": "aws_iam_role_policy.r", "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.r"], "statements": case[0]}],
	)
	[found.status | some found in control.answers; found.attribute == "cloud_watch_logs_role_arn"] == [case[1]] with input as plan
}

test_one_trail_is_enough if {
	{found.status | some found in control.answers} == {"pass"} with input as fixture.plan([_both, _trail("other", {})])
}

_address := "aws_cloudtrail.t"

_trail(name, values) := fixture.resource("aws_cloudtrail", name, values)

_both := _trail("t", {"cloud_watch_logs_group_arn": "arn:g", "cloud_watch_logs_role_arn": "arn:r"})

_dark := fixture.unknown(_trail("t", {"cloud_watch_logs_role_arn": "arn:r"}), [["cloud_watch_logs_group_arn"]])

_by_role := fixture.referring(
	fixture.unknown(_trail("t", {}), [["cloud_watch_logs_group_arn"], ["cloud_watch_logs_role_arn"]]),
	{"cloud_watch_logs_group_arn": ["aws_cloudwatch_log_group.g"], "cloud_watch_logs_role_arn": ["aws_iam_role.r"]},
)

_allowing(resources, refs) := [_allow(resources, refs)]

_allow(resources, refs) := fixture.statement({
	"actions": ["logs:createlogstream", "logs:putlogevents"],
	"resources": resources,
	"refs": refs,
})
