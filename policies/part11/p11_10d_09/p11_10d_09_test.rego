# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_09_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_09 as control

test_variables[name] if {
	some name, case in {
		"no variables pass": [_any, null, "pass", "none"],
		"a table passes": [_any, {"USERS_TABLE": "sftp-users"}, "pass", "none"],
		"the password grant fails": [_keys, {"GRANT_TYPE": "password"}, "fail", "GRANT_TYPE"],
		"the password flow fails": [_keys, {"AUTH_FLOW": "Password"}, "fail", "AUTH_FLOW"],
		"another grant passes": [_keys, {"GRANT_TYPE": "client_credentials"}, "pass", "none"],
		"the grant in a text fails": [_keys, {"BODY": "client_id=x&grant_type=password"}, "fail", "BODY"],
		"a flow that names itself fails": [_keys, {"USE_ROPC": "true"}, "fail", "USE_ROPC"],
		"Entra ID behind passwords fails": [_any, {"TOKEN_URL": _entra}, "fail", "TOKEN_URL"],
		"Entra ID of another cloud fails": [_any, {"AUTHORITY": "https://login.partner.microsoftonline.cn/t"}, "fail", "AUTHORITY"],
		"Entra ID behind keys passes": [_keys, {"TOKEN_URL": _entra}, "pass", "none"],
	}
	plan := fixture.plan([case[0], _function(case[1])])
	control.answers == {{"address": _address, "attribute": _name, "status": case[2], "expected": _expected, "actual": case[3]}} with input as plan
	not control.not_applicable with input as plan
}

test_a_function_by_tag_may_take_passwords if {
	tagged := object.union(_function({"TOKEN_URL": _entra}), {"values": {"tags": {"Part11Role": "identity-provider"}}})
	control.answers == {answer.failed(_address, _name, _expected, "TOKEN_URL")} with input as fixture.plan([tagged])
}

test_what_is_not_known[name] if {
	some name, case in {
		"the block is unknown": [[["environment"]], "unknown"],
		"all variables are unknown": [[_variables], "unknown"],
		"an endpoint is unknown": [[array.concat(_variables, ["TOKEN_ENDPOINT"])], "unknown"],
		"something else is no variable": [[["vpc_config", 0, "endpoints", "URL"]], "pass"],
		"a table is no endpoint": [[array.concat(_variables, ["USERS_TABLE"])], "pass"],
	}
	plan := fixture.plan([_any, fixture.unknown(_function({}), case[0])])
	{found.status | some found in control.answers} == {case[1]} with input as plan
}

test_a_variable_not_known_hides_no_other if {
	function := fixture.unknown(_function({"GRANT_TYPE": "password"}), [array.concat(_variables, ["USERS_TABLE"])])
	control.answers == {answer.failed(_address, _name, _expected, "GRANT_TYPE")} with input as fixture.plan([_keys, function])
}

test_a_function_of_another_plan_is_unknown if {
	server := fixture.resource("aws_transfer_server", "s", {"identity_provider_type": "AWS_LAMBDA"})
	control.answers == {answer.unknown("aws_transfer_server.s", "function", _expected, "logs in through what is not in the plan")} with input as fixture.plan([server])
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no identity provider of a transfer server in the plan": fixture.plan([_function({})]),
		"does not apply in laboratory": fixture.in_environment(fixture.plan([_any, _function({}), _foreign]), "laboratory"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_foreign := fixture.resource("aws_transfer_server", "foreign", {"identity_provider_type": "AWS_LAMBDA"})

_any := _server({})

_keys := _server({"sftp_authentication_methods": "PUBLIC_KEY"})

_server(values) := fixture.referring(
	fixture.resource("aws_transfer_server", "s", object.union({"identity_provider_type": "AWS_LAMBDA"}, values)),
	{"function": [_address]},
)

_function(variables) := fixture.resource("aws_lambda_function", "f", {"environment": [{"variables": variables}]})

_entra := "https://login.microsoftonline.com/contoso/oauth2/v2.0/token"

_address := "aws_lambda_function.f"

_name := "environment.variables"

_variables := ["environment", 0, "variables"]

_expected := "no variable of a password flow"
