# SPDX-License-Identifier: Apache-2.0

package part11.p11_200_03_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_200_03 as control

test_answers[name] if {
	some type in ["aws_cognito_user_pool_client", "aws_cognito_managed_user_pool_client"]
	some name, case in {
		"SRP and refresh pass": [["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"], "pass", "ALLOW_REFRESH_TOKEN_AUTH, ALLOW_USER_SRP_AUTH"],
		"SRP alone passes": [["ALLOW_USER_SRP_AUTH"], "pass", "ALLOW_USER_SRP_AUTH"],
		"a password sent fails": [
			["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
			"fail", "ALLOW_USER_PASSWORD_AUTH, ALLOW_USER_SRP_AUTH",
		],
		"a custom flow fails": [["ALLOW_CUSTOM_AUTH"], "fail", "ALLOW_CUSTOM_AUTH"],
		"a choice of flows fails": [["ALLOW_USER_AUTH"], "fail", "ALLOW_USER_AUTH"],
		"an administrator's flow fails": [["ALLOW_ADMIN_USER_PASSWORD_AUTH"], "fail", "ALLOW_ADMIN_USER_PASSWORD_AUTH"],
		"no flow fails": [[], "fail", "not set"],
		"not set fails": [null, "fail", "not set"],
	}
	plan := fixture.plan([_client(type, {"explicit_auth_flows": case[0]})])
	answers := [[found.address, found.expected, found.status, found.actual] | some found in control.answers] with input as plan
	answers == [[$"{type}.web", "ALLOW_REFRESH_TOKEN_AUTH or ALLOW_USER_SRP_AUTH", case[1], case[2]]]
	not control.not_applicable with input as plan
}

test_flows_not_known_are_unknown if {
	dark := fixture.unknown(_client("aws_cognito_user_pool_client", {"explicit_auth_flows": ["ALLOW_USER_SRP_AUTH", null]}), [["explicit_auth_flows", 1]])
	control.answers == {answer.unknown(
		"aws_cognito_user_pool_client.web",
		"explicit_auth_flows",
		"ALLOW_REFRESH_TOKEN_AUTH or ALLOW_USER_SRP_AUTH",
		"known after apply",
	)} with input as fixture.plan([dark])
}

test_no_client_is_not_applicable if {
	control.not_applicable == "no user pool client in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_client(type, values) := fixture.resource(type, "web", values)
