# SPDX-License-Identifier: Apache-2.0

package part11.p11_200_03_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_200_03 as control

test_answers[name] if {
	some type in ["aws_cognito_user_pool_client", "aws_cognito_managed_user_pool_client"]
	some which, case in {
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
	name := $"{type}: {which}"
	plan := fixture.plan([_client(type, {"explicit_auth_flows": case[0]})])
	answers := [[found.address, found.expected, found.status, found.actual] | some found in control.answers; found.attribute == "explicit_auth_flows"] with input as plan
	answers == [[$"{type}.web", "ALLOW_REFRESH_TOKEN_AUTH or ALLOW_USER_SRP_AUTH", case[1], case[2]]]
	not control.not_applicable with input as plan
}

test_flows_not_known_are_unknown if {
	dark := fixture.unknown(_client("aws_cognito_user_pool_client", {"explicit_auth_flows": ["ALLOW_USER_SRP_AUTH", null]}), [["explicit_auth_flows", 1]])
	{found | some found in control.answers; found.status != "pass"} == {answer.unknown(
		"aws_cognito_user_pool_client.web",
		"explicit_auth_flows",
		"ALLOW_REFRESH_TOKEN_AUTH or ALLOW_USER_SRP_AUTH",
		"known after apply",
	)} with input as fixture.plan([dark])
}

test_tokens_and_providers[name] if {
	some type in ["aws_cognito_user_pool_client", "aws_cognito_managed_user_pool_client"]
	some which, case in {
		"nothing said": [{}, ["pass", "not set"], ["pass", "no other"]],
		"a code": [{"allowed_oauth_flows": ["code"]}, ["pass", `["code"]`], ["pass", "no other"]],
		"tokens in an address": [{"allowed_oauth_flows": ["code", "implicit"]}, ["fail", `["code", "implicit"]`], ["pass", "no other"]],
		"a machine": [{"allowed_oauth_flows": ["client_credentials"]}, ["pass", `["client_credentials"]`], ["pass", "no other"]],
		"the pool itself": [{"supported_identity_providers": ["COGNITO"]}, ["pass", "not set"], ["pass", "no other"]],
		"somebody else vouches": [{"supported_identity_providers": ["COGNITO", "Google"]}, ["pass", "not set"], ["unknown", "Google"]],
	}
	name := $"{type}: {which}"
	answers := {found.attribute: [found.status, found.actual] | some found in control.answers} with input as fixture.plan([_client(type, case[0])])
	answers.allowed_oauth_flows == case[1]
	answers.supported_identity_providers == case[2]
	{found.expected | some found in control.answers; found.attribute == "supported_identity_providers"} == {"COGNITO"} with input as fixture.plan([_client(type, case[0])])
}

test_tokens_and_providers_not_known_are_unknown if {
	dark := fixture.unknown(_client("aws_cognito_user_pool_client", {}), [["allowed_oauth_flows"], ["supported_identity_providers"]])
	{[found.attribute, found.expected] | some found in control.answers; found.status == "unknown"} == {
		["allowed_oauth_flows", "no implicit"],
		["supported_identity_providers", "COGNITO"],
	} with input as fixture.plan([dark])
}

test_functions_that_decide[name] if {
	some name, case in {
		"none": [{}, {"pass"}],
		"a challenge of one's own": [{"lambda_config": [{"verify_auth_challenge_response": "arn"}]}, {"fail", "pass"}],
		"all of them": [{"lambda_config": [{name: "arn" | some name in ["create_auth_challenge", "define_auth_challenge", "verify_auth_challenge_response"]}]}, {"fail"}],
		"claims alone": [{"lambda_config": [{"pre_token_generation": "arn"}]}, {"pass"}],
	}
	plan := fixture.plan([fixture.resource("aws_cognito_user_pool", "signers", case[0])])
	{found.status | some found in control.answers} == case[1] with input as plan
	not control.not_applicable with input as plan
}

test_no_client_is_not_applicable if {
	control.not_applicable == "no user pool or client of one in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_client(type, values) := fixture.resource(type, "web", values)
