# SPDX-License-Identifier: Apache-2.0

package part11.p11_300b_01_test

import data.lib.fixture
import data.part11.p11_300b_01 as control

test_a_strong_policy_passes if {
	plan := fixture.plan([_pool({})])
	{[found.attribute, found.status, found.expected] | some found in control.answers} == {[$"password_policy.{name}", "pass", expected] | some name, expected in _wanted} with input as plan
	not control.not_applicable with input as plan
}

test_each_weakness_fails[name] if {
	some attribute, weaker in {
		"minimum_length": 13,
		"password_history_size": 11,
		"require_lowercase": false,
		"require_numbers": false,
		"require_symbols": false,
		"require_uppercase": false,
		"temporary_password_validity_days": 2,
	}
	some name, value in {$"{attribute} {weaker}": weaker, $"{attribute} null": null}
	plan := fixture.plan([_pool({attribute: value})])
	{found.attribute | some found in control.answers; found.status == "fail"} == {$"password_policy.{attribute}"} with input as plan
}

test_the_longest_known_values_pass if {
	plan := fixture.plan([_pool({"minimum_length": 99, "password_history_size": 24})])
	{found.status | some found in control.answers} == {"pass"} with input as plan
}

test_no_policy_fails_throughout if {
	bare := fixture.resource("aws_cognito_user_pool", "signers", {})
	[found.status | some found in control.answers] == ["fail" | some _ in _strong] with input as fixture.plan([bare])
}

test_a_policy_not_known_is_unknown if {
	dark := fixture.unknown(_pool({}), [["password_policy"]])
	{found.status | some found in control.answers} == {"unknown"} with input as fixture.plan([dark])
}

test_no_pool_is_not_applicable if {
	control.not_applicable == "no user pool in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_strong := {
	"minimum_length": 14,
	"password_history_size": 12,
	"require_lowercase": true,
	"require_numbers": true,
	"require_symbols": true,
	"require_uppercase": true,
	"temporary_password_validity_days": 1,
}

_wanted := object.union({name: "true" | some name, value in _strong; value == true}, {
	"minimum_length": ">= 14 characters",
	"password_history_size": ">= 12 passwords",
	"temporary_password_validity_days": "<= 1 days",
})

_pool(overrides) := fixture.resource("aws_cognito_user_pool", "signers", {"password_policy": [object.union(_strong, overrides)]})
