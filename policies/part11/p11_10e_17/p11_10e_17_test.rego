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
	plan := fixture.plan([case[0], fixture.resource("aws_cloudwatch_log_group", "g", {}), fixture.resource("aws_iam_role", "r", {})])
	case[1] in control.answers with input as plan
	count(control.answers) == 2 with input as plan
}

test_one_trail_is_enough if {
	{found.status | some found in control.answers} == {"pass"} with input as fixture.plan([_both, _trail("other", {})])
}

_address := "aws_cloudtrail.t"

_trail(name, values) := fixture.resource("aws_cloudtrail", name, values)

_both := _trail("t", {"cloud_watch_logs_group_arn": "arn:g", "cloud_watch_logs_role_arn": "arn:r"})

_dark := fixture.unknown(_trail("t", {"cloud_watch_logs_role_arn": "arn:r"}), [["cloud_watch_logs_group_arn"]])
