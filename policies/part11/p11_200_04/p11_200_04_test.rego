# SPDX-License-Identifier: Apache-2.0

package part11.p11_200_04_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_200_04 as control

test_short_sessions_pass[type] if {
	some type in ["aws_cognito_user_pool_client", "aws_cognito_managed_user_pool_client"]
	address := $"{type}.web"
	control.answers == {
		answer.passed(address, "access_token_validity", "<= 15 minutes", "15"),
		answer.passed(address, "id_token_validity", "<= 15 minutes", "15"),
		answer.passed(address, "refresh_token_validity", "<= 480 minutes", "480"),
		answer.passed(address, "auth_session_validity", "<= 5 minutes", "3"),
		answer.passed(address, "enable_token_revocation", "true", "true"),
	} with input as fixture.plan([_client(type, {})])
	not control.not_applicable with input as fixture.plan([_client(type, {})])
}

test_one_attribute_at_a_time[name] if {
	some name, case in {
		"an access token for 16 minutes": [{"access_token_validity": 16}, "access_token_validity", "fail", "16"],
		"an id token for 16 minutes": [{"id_token_validity": 16}, "id_token_validity", "fail", "16"],
		"900 seconds": [{"access_token_validity": 900, "token_validity_units": [{"access_token": "seconds"}]}, "access_token_validity", "pass", "15"],
		"960 seconds": [{"access_token_validity": 960, "token_validity_units": [{"access_token": "seconds"}]}, "access_token_validity", "fail", "16"],
		"15 hours": [{"token_validity_units": [{"access_token": "hours"}]}, "access_token_validity", "fail", "900"],
		"15 in no unit is hours": [{"token_validity_units": []}, "access_token_validity", "fail", "900"],
		"15 in a null unit is hours": [{"token_validity_units": [{"id_token": null}]}, "id_token_validity", "fail", "900"],
		"8 in no unit is days for a refresh token": [{"token_validity_units": []}, "refresh_token_validity", "fail", "11520"],
		"a unit that is none": [{"token_validity_units": [{"access_token": "weeks"}]}, "access_token_validity", "fail", "not set"],
		"a refresh token for 9 hours": [{"refresh_token_validity": 9}, "refresh_token_validity", "fail", "540"],
		"a refresh token for AWS's own 30 days": [{"refresh_token_validity": 0}, "refresh_token_validity", "fail", "0"],
		"a sign-in of 6 minutes": [{"auth_session_validity": 6}, "auth_session_validity", "fail", "6"],
		"a sign-in of unsaid length": [{"auth_session_validity": null}, "auth_session_validity", "fail", "not set"],
		"an access token of unsaid length": [{"access_token_validity": null}, "access_token_validity", "fail", "not set"],
		"no revocation": [{"enable_token_revocation": false}, "enable_token_revocation", "fail", "false"],
		"revocation not set": [{"enable_token_revocation": null}, "enable_token_revocation", "fail", "not set"],
	}
	plan := fixture.plan([_client("aws_cognito_user_pool_client", case[0])])
	[[found.status, found.actual] | some found in control.answers; found.attribute == case[1]] == [[case[2], case[3]]] with input as plan
}

test_what_is_not_known_is_unknown[name] if {
	some name, case in {
		"the number": [["access_token_validity"], {"access_token_validity"}],
		"the unit": [["token_validity_units", 0, "refresh_token"], {"refresh_token_validity"}],
		"all units": [["token_validity_units"], {"access_token_validity", "id_token_validity", "refresh_token_validity"}],
		"the sign-in": [["auth_session_validity"], {"auth_session_validity"}],
		"revocation": [["enable_token_revocation"], {"enable_token_revocation"}],
	}
	plan := fixture.plan([fixture.unknown(_client("aws_cognito_user_pool_client", {}), [case[0]])])
	{found.attribute | some found in control.answers; found.status == "unknown"} == case[1] with input as plan
}

test_no_client_is_not_applicable if {
	control.not_applicable == "no user pool client in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_client(type, overrides) := fixture.resource(type, "web", object.union(
	{
		"access_token_validity": 15,
		"auth_session_validity": 3,
		"enable_token_revocation": true,
		"id_token_validity": 15,
		"refresh_token_validity": 8,
		"token_validity_units": [{"access_token": "minutes", "id_token": "minutes", "refresh_token": "hours"}],
	},
	overrides,
))
