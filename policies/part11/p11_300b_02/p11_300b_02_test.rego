# SPDX-License-Identifier: Apache-2.0

package part11.p11_300b_02_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_300b_02 as control

test_rotations[name] if {
	some name, case in {
		"90 days pass": [_rotation({"automatically_after_days": 90}), answer.passed(_address, _days, _expected, "90")],
		"91 days fail": [_rotation({"automatically_after_days": 91}), answer.failed(_address, _days, _expected, "91")],
		"days not known are unknown": [
			fixture.unknown(_rotation({}), [["rotation_rules", 0, "automatically_after_days"]]),
			answer.unknown(_address, _days, _expected, "known after apply"),
		],
		"a rate of 30 days passes": [_rotation({"schedule_expression": "rate(30 days)"}), answer.passed(_address, _schedule, _expected, "rate(30 days)")],
		"a rate of 12 hours passes": [_rotation({"schedule_expression": "rate(12 hours)"}), answer.passed(_address, _schedule, _expected, "rate(12 hours)")],
		"a rate of 100 hours passes": [_rotation({"schedule_expression": "rate(100 hours)"}), answer.passed(_address, _schedule, _expected, "rate(100 hours)")],
		"a rotation of another secret is none": [
			fixture.referring(
				fixture.unknown(fixture.resource("aws_secretsmanager_secret_rotation", "r", {}), [["secret_id"]]),
				{"secret_id": ["aws_secretsmanager_secret.other"]},
			),
			answer.failed("aws_secretsmanager_secret.s", "rotation", _expected, "no rotation"),
		],
		"a rotation of a secret elsewhere is none": [
			fixture.resource("aws_secretsmanager_secret_rotation", "r", {"secret_id": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:x"}),
			answer.failed("aws_secretsmanager_secret.s", "rotation", _expected, "no rotation"),
		],
		"a rate of 100 days fails": [_rotation({"schedule_expression": "rate(100 days)"}), answer.failed(_address, _schedule, _expected, "rate(100 days)")],
		"a cron expression is unknown": [
			_rotation({"schedule_expression": "cron(0 16 1,15 * ? *)"}),
			answer.unknown(_address, _schedule, _expected, "cron(0 16 1,15 * ? *)"),
		],
		"rules not known are unknown": [
			fixture.unknown(_rotation({}), [["rotation_rules"]]),
			answer.unknown(_address, _days, _expected, "known after apply"),
		],
		"no rule fails": [_rotation({}), answer.failed(_address, _days, _expected, "not set")],
		"no rotation fails": [
			fixture.deleted(_rotation({"automatically_after_days": 30})),
			answer.failed("aws_secretsmanager_secret.s", "rotation", _expected, "no rotation"),
		],
		"a rotation of a secret not known is unknown": [
			fixture.unknown(
				fixture.resource("aws_secretsmanager_secret_rotation", "r", {"rotation_rules": [{"automatically_after_days": 30}]}),
				[["secret_id"]],
			),
			answer.unknown("aws_secretsmanager_secret.s", "rotation", _expected, $"perhaps by {_address}"),
		],
		"a rate of 2160 hours passes": [_rotation({"schedule_expression": "rate(2160 hours)"}), answer.passed(_address, _schedule, _expected, "rate(2160 hours)")],
		"a rate of 2161 hours fails": [_rotation({"schedule_expression": "rate(2161 hours)"}), answer.failed(_address, _schedule, _expected, "rate(2161 hours)")],
	}
	plan := fixture.plan([fixture.resource("aws_secretsmanager_secret", "s", {"name": "s"}), case[0]])
	control.answers == {case[1]} with input as plan
	not control.not_applicable with input as plan
}

test_no_secret_is_not_applicable if {
	control.not_applicable == "no secret in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_rotation(rules) := fixture.referring(
	fixture.resource("aws_secretsmanager_secret_rotation", "r", {"rotation_rules": [rules]}),
	{"secret_id": ["aws_secretsmanager_secret.s"]},
)

_address := "aws_secretsmanager_secret_rotation.r"

_days := "rotation_rules.automatically_after_days"

_schedule := "rotation_rules.schedule_expression"

_expected := "a rotation after 90 days at most"
