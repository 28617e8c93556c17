# SPDX-License-Identifier: Apache-2.0

package part11.p11_200_02_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_200_02 as control

test_answers[name] if {
	some name, case in {
		"authenticator apps pass": [_pool({"software_token_mfa_configuration": [{"enabled": true}]}), answer.passed(_address, _apps, _expected, "true")],
		"passkeys that verify pass": [
			_pool({"web_authn_configuration": [{"user_verification": "required"}]}),
			answer.passed(_address, _passkeys, _expected, "passkeys"),
		],
		"passkeys that may verify fail": [
			_pool({"web_authn_configuration": [{"user_verification": "preferred"}]}),
			answer.failed(_address, _apps, _expected, "not set"),
		],
		"apps turned off fail": [_pool({"software_token_mfa_configuration": [{"enabled": false}]}), answer.failed(_address, _apps, _expected, "false")],
		"text messages alone fail": [_pool({}), answer.failed(_address, _apps, _expected, "not set")],
		"apps not known are unknown": [
			fixture.unknown(_pool({}), [["software_token_mfa_configuration"]]),
			answer.unknown(_address, _apps, _expected, "known after apply"),
		],
		"passkeys not known are unknown": [
			fixture.unknown(_pool({}), [["web_authn_configuration"]]),
			answer.unknown(_address, _passkeys, _expected, "known after apply"),
		],
		"apps pass whatever the passkeys do": [
			fixture.unknown(_pool({"software_token_mfa_configuration": [{"enabled": true}]}), [["web_authn_configuration"]]),
			answer.passed(_address, _apps, _expected, "true"),
		],
	}
	control.answers == {case[1]} with input as fixture.plan([case[0]])
	not control.not_applicable with input as fixture.plan([case[0]])
}

test_no_pool_is_not_applicable if {
	control.not_applicable == "no user pool in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_address := "aws_cognito_user_pool.signers"

_apps := "software_token_mfa_configuration.enabled"

_passkeys := "web_authn_configuration.user_verification"

_expected := "authenticator apps or passkeys"

_pool(values) := fixture.resource("aws_cognito_user_pool", "signers", values)
