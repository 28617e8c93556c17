# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_15_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_15 as control

test_answers[name] if {
	some name, case in {
		"35 days pass": [_ledger({"enabled": true, "recovery_period_in_days": 35}), {_enabled("pass", "true"), _days("pass", "35")}],
		"34 days fail": [_ledger({"enabled": true, "recovery_period_in_days": 34}), {_enabled("pass", "true"), _days("fail", "34")}],
		"days not set fail": [_ledger({"enabled": true}), {_enabled("pass", "true"), _days("fail", "not set")}],
		"off fails": [_ledger({"enabled": false, "recovery_period_in_days": 35}), {_enabled("fail", "false"), _days("pass", "35")}],
		"no block fails": [fixture.resource("aws_dynamodb_table", "ledger", _tagged("ledger")), {_enabled("fail", "not set"), _days("fail", "not set")}],
		"not known is unknown": [
			fixture.unknown(_ledger({}), [["point_in_time_recovery"]]),
			{_enabled("unknown", "known after apply"), _days("unknown", "known after apply")},
		],
	}
	control.answers == case[1] with input as fixture.plan([case[0]])
	not control.not_applicable with input as fixture.plan([case[0]])
}

test_who_is_judged[name] if {
	some name, case in {
		"a misspelt role": ["Ledger", 2],
		"a signature table": ["signature", 0],
		"an identity provider's table": ["identity-provider", 0],
	}
	plan := fixture.plan([fixture.resource("aws_dynamodb_table", "ledger", _tagged(case[0]))])
	count(control.answers) == case[1] with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no ledger table in the plan": fixture.plan([fixture.resource("aws_dynamodb_table", "t", {})]),
		"does not apply in development": fixture.in_environment(fixture.plan([_ledger({})]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_address := "aws_dynamodb_table.ledger"

_enabled(status, actual) := object.union(answer.passed(_address, "point_in_time_recovery.enabled", "true", actual), {"status": status})

_days(status, actual) := object.union(
	answer.passed(_address, "point_in_time_recovery.recovery_period_in_days", ">= 35 days", actual),
	{"status": status},
)

_tagged(role) := {"name": "ledger", "tags": {"Part11Role": role}}

_ledger(recovery) := fixture.resource("aws_dynamodb_table", "ledger", object.union(_tagged("ledger"), {"point_in_time_recovery": [recovery]}))
