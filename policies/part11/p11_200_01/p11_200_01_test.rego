# SPDX-License-Identifier: Apache-2.0

package part11.p11_200_01_test

import data.lib.fixture
import data.part11.p11_200_01 as control

test_answers[name] if {
	some type in ["aws_cognito_user_pool"]
	some name, case in {
		"ON passes": {"of": _of(type, {"mfa_configuration": "ON"}), "want": ["pass", "ON"]},
		"OPTIONAL fails": {"of": _of(type, {"mfa_configuration": "OPTIONAL"}), "want": ["fail", "OPTIONAL"]},
		"OFF fails": {"of": _of(type, {"mfa_configuration": "OFF"}), "want": ["fail", "OFF"]},
		"not set fails": {"of": _of(type, {}), "want": ["fail", "not set"]},
		"not known is unknown": {
			"of": fixture.unknown(_of(type, {}), [["mfa_configuration"]]),
			"want": ["unknown", "known after apply"],
		},
	}
	plan := fixture.plan([case.of])
	answers := [[found.address, found.attribute, found.expected, found.status, found.actual] | some found in control.answers; found.attribute == "mfa_configuration"] with input as plan
	answers == [array.concat([fixture.address(case.of), "mfa_configuration", "ON"], case.want)]
	not control.not_applicable with input as plan
}

test_devices_and_first_factors[name] if {
	some name, case in {
		"nothing said": [{}, [["device_configuration.challenge_required_on_new_device", "pass", "not set"], ["sign_in_policy.allowed_first_auth_factors", "pass", "not set"]]],
		"remembered devices answer": [
			{"device_configuration": [{"challenge_required_on_new_device": true}]},
			[["device_configuration.challenge_required_on_new_device", "fail", "true"], ["sign_in_policy.allowed_first_auth_factors", "pass", "not set"]],
		],
		"devices are remembered and answer nothing": [
			{"device_configuration": [{"challenge_required_on_new_device": false}]},
			[["device_configuration.challenge_required_on_new_device", "pass", "false"], ["sign_in_policy.allowed_first_auth_factors", "pass", "not set"]],
		],
		"a code sent to somebody": [_beginning(["PASSWORD", "EMAIL_OTP", "SMS_OTP"]), [_silent, ["sign_in_policy.allowed_first_auth_factors", "fail", "EMAIL_OTP, SMS_OTP"]]],
		"a password": [_beginning(["PASSWORD"]), [_silent, ["sign_in_policy.allowed_first_auth_factors", "pass", "PASSWORD"]]],
		"a passkey": [_beginning(["WEB_AUTHN"]), [_silent, ["sign_in_policy.allowed_first_auth_factors", "fail", "WEB_AUTHN"]]],
		"a passkey that verifies its user": [
			object.union(_beginning(["PASSWORD", "WEB_AUTHN"]), {"web_authn_configuration": [{"user_verification": "required"}]}),
			[_silent, ["sign_in_policy.allowed_first_auth_factors", "pass", "PASSWORD, WEB_AUTHN"]],
		],
	}
	plan := fixture.plan([_of("aws_cognito_user_pool", object.union({"mfa_configuration": "ON"}, case[0]))])
	answers := {[found.attribute, found.status, found.actual] | some found in control.answers; found.attribute != "mfa_configuration"} with input as plan
	answers == {answer | some answer in case[1]}
}

test_blocks_not_known_are_unknown if {
	dark := fixture.unknown(_of("aws_cognito_user_pool", {"mfa_configuration": "ON"}), [["device_configuration"], ["sign_in_policy"]])
	{[found.attribute, found.status] | some found in control.answers} == {
		["device_configuration.challenge_required_on_new_device", "unknown"],
		["mfa_configuration", "pass"],
		["sign_in_policy.allowed_first_auth_factors", "unknown"],
	} with input as fixture.plan([dark])
}

test_what_is_deleted_is_not_judged if {
	plan := fixture.plan([fixture.deleted(_of("aws_cognito_user_pool", {}))])
	control.answers == set() with input as plan
}

test_not_applicable_without_one if {
	control.not_applicable == "no user pool in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_of(type, values) := fixture.resource(type, "signers", values)

_beginning(factors) := {"sign_in_policy": [{"allowed_first_auth_factors": factors}]}

_silent := ["device_configuration.challenge_required_on_new_device", "pass", "not set"]

test_devices_are_asked_not_to_answer if {
	pool := fixture.resource("aws_cognito_user_pool", "signers", {})
	{found.expected | some found in control.answers; found.attribute == "device_configuration.challenge_required_on_new_device"} == {"false"} with input as fixture.plan([pool])
}
