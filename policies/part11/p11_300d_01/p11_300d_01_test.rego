# SPDX-License-Identifier: Apache-2.0

package part11.p11_300d_01_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_300d_01 as control

test_threat_protection_passes if {
	plan := fixture.plan([_pool({}), _risk("all", {})])
	control.answers == {
		answer.passed(_address, "user_pool_tier", "PLUS", "PLUS"),
		answer.passed(_address, "user_pool_add_ons.advanced_security_mode", "ENFORCED", "ENFORCED"),
		answer.passed("aws_cognito_risk_configuration.all", _action, "BLOCK", "BLOCK"),
	} with input as plan
	not control.not_applicable with input as plan
}

test_what_does_not_pass[name] if {
	some name, case in {
		"another tier": [[_pool({"user_pool_tier": "ESSENTIALS"}), _risk("all", {})], [_address, "user_pool_tier", "fail", "ESSENTIALS"]],
		"tier not set": [[_pool({"user_pool_tier": null}), _risk("all", {})], [_address, "user_pool_tier", "fail", "not set"]],
		"tier not known": [
			[fixture.unknown(_pool({}), [["user_pool_tier"]]), _risk("all", {})],
			[_address, "user_pool_tier", "unknown", "known after apply"],
		],
		"audit mode": [
			[_pool({"user_pool_add_ons": [{"advanced_security_mode": "AUDIT"}]}), _risk("all", {})],
			[_address, "user_pool_add_ons.advanced_security_mode", "fail", "AUDIT"],
		],
		"no add-ons": [
			[_pool({"user_pool_add_ons": []}), _risk("all", {})],
			[_address, "user_pool_add_ons.advanced_security_mode", "fail", "not set"],
		],
		"no risk configuration": [[_pool({})], [_address, _action, "fail", "not set"]],
		"a deleted risk configuration": [[_pool({}), fixture.deleted(_risk("all", {}))], [_address, _action, "fail", "not set"]],
		"one of another pool": [
			[_pool({}), fixture.referring(_risk("all", {}), {"user_pool_id": ["aws_cognito_user_pool.others"]})],
			[_address, _action, "fail", "not set"],
		],
		"one of a client alone": [[_pool({}), _risk("all", {"client_id": "web"})], [_address, _action, "fail", "not set"]],
		"one of some instance": [
			[_pool({}), fixture.ambiguously_referring(_risk("all", {}), {"user_pool_id": [_address]})],
			[_address, _action, "unknown", "instance not known"],
		],
		"leaks that change nothing": [[_pool({}), _blocking("all", "NO_ACTION", {})], ["aws_cognito_risk_configuration.all", _action, "fail", "NO_ACTION"]],
		"leaks that change nothing for one client": [
			[_pool({}), _risk("all", {}), _blocking("web", "NO_ACTION", {"client_id": "web"})],
			["aws_cognito_risk_configuration.web", _action, "fail", "NO_ACTION"],
		],
		"no word about leaks": [
			[_pool({}), _risk("all", {"compromised_credentials_risk_configuration": []})],
			["aws_cognito_risk_configuration.all", _action, "fail", "not set"],
		],
		"leaks at sign-up alone": [[_pool({}), _filtered(["SIGN_UP"])], ["aws_cognito_risk_configuration.all", _filter, "fail", `["SIGN_UP"]`]],
		"events not known": [
			[_pool({}), fixture.unknown(_filtered([]), [["compromised_credentials_risk_configuration", 0, "event_filter"]])],
			["aws_cognito_risk_configuration.all", _filter, "unknown", "known after apply"],
		],
	}
	{[found.address, found.attribute, found.status, found.actual] | some found in control.answers; found.status != "pass"} == {case[1]} with input as fixture.plan(case[0])
}

test_all_events_named_pass if {
	plan := fixture.plan([_pool({}), _filtered(["SIGN_IN", "PASSWORD_CHANGE", "SIGN_UP"])])
	{found.status | some found in control.answers} == {"pass"} with input as plan
}

test_no_pool_is_not_applicable if {
	plan := fixture.plan([_risk("all", {})])
	control.not_applicable == "no user pool in the plan" with input as plan
	control.answers == set() with input as plan
}

_address := "aws_cognito_user_pool.signers"

_action := "compromised_credentials_risk_configuration.actions.event_action"

_filter := "compromised_credentials_risk_configuration.event_filter"

_pool(overrides) := fixture.resource("aws_cognito_user_pool", "signers", object.union(
	{"user_pool_tier": "PLUS", "user_pool_add_ons": [{"advanced_security_mode": "ENFORCED"}]},
	overrides,
))

_risk(name, overrides) := _blocking(name, "BLOCK", overrides)

_filtered(events) := _risk("all", {"compromised_credentials_risk_configuration": [{"actions": [{"event_action": "BLOCK"}], "event_filter": events}]})

_blocking(name, action, overrides) := fixture.referring(
	fixture.unknown(
		fixture.resource("aws_cognito_risk_configuration", name, object.union(
			{"compromised_credentials_risk_configuration": [{"actions": [{"event_action": action}]}]},
			overrides,
		)),
		[["user_pool_id"]],
	),
	{"user_pool_id": [_address]},
)

test_a_missing_risk_configuration_is_asked_to_block[status] if {
	some status, resources in {
		"fail": [_pool({})],
		"unknown": [_pool({}), fixture.ambiguously_referring(_risk("all", {}), {"user_pool_id": [_address]})],
	}
	{[found.status, found.expected] | some found in control.answers; found.address == _address; found.attribute == _action} == {[status, "BLOCK"]} with input as fixture.plan(resources)
}
