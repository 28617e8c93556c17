# SPDX-License-Identifier: Apache-2.0

package part11.p11_200_06_test

import data.lib.fixture
import data.part11.p11_200_06 as control

test_rights_of_a_role[name] if {
	some name, case in {
		"none": [["s3:getobject"], "pass", "none"],
		"passwords": [["cognito-idp:adminsetuserpassword"], "pass", "passwords"],
		"addresses and passwords": [["cognito-idp:adminsetuserpassword", "cognito-idp:adminupdateuserattributes"], "pass", "passwords"],
		"second factors": [["cognito-idp:adminsetusermfapreference"], "pass", "second factors"],
		"creating users": [["cognito-idp:admincreateuser", "cognito-idp:adminsetuserpassword"], "pass", "passwords"],
		"both": [["cognito-idp:adminsetuserpassword", "cognito-idp:adminsetusermfapreference"], "fail", "passwords and second factors"],
		"addresses and older settings": [
			["cognito-idp:adminupdateuserattributes", "cognito-idp:adminsetusersettings"],
			"fail", "passwords and second factors",
		],
		"the pool's own factor": [["cognito-idp:adminsetuserpassword", "cognito-idp:setuserpoolmfaconfig"], "fail", "passwords and second factors"],
		"the pool": [["cognito-idp:adminsetuserpassword", "cognito-idp:updateuserpool"], "fail", "passwords and second factors"],
		"linking": [["cognito-idp:adminlinkproviderforuser"], "fail", "foreign sign-ins"],
		"a wildcard": [["cognito-idp:admin*"], "fail", "foreign sign-ins and passwords and second factors"],
	}
	alone := [_of_role({"subjects": [], "statements": [_allow(case[0])]})]
	{found | some found in control.answers; found.attribute == "policy"} == {{"address": _role, "attribute": "policy", "status": case[1], "expected": _expected, "actual": case[2]}} with input as _plan([_of_role({"statements": [_allow(case[0])]})])
	{[found.address, found.status, found.actual] | some found in control.answers; found.attribute == "policy"} == {["aws_iam_role_policy.r", case[1], case[2]]} with input as _plan(alone)
}

test_rights_of_several_policies_add_up if {
	plan := _plan([
		_of_role({"statements": [_allow(["cognito-idp:adminsetuserpassword"])]}),
		_of_role({"address": "aws_iam_role_policy.s", "statements": [_allow(["cognito-idp:adminsetusermfapreference"])]}),
	])
	{found.status | some found in control.answers; found.attribute == "policy"} == {"fail"} with input as plan
}

test_an_own_Deny_takes_a_right_away if {
	both := _allow(["cognito-idp:adminsetuserpassword", "cognito-idp:adminsetusermfapreference"])
	taken := fixture.statement({"effect": "Deny", "actions": ["cognito-idp:adminset*"], "resources": ["*"]})
	{[found.status, found.actual] | some found in control.answers; found.attribute == "policy"} == {["pass", "none"]} with input as _plan([_of_role({"statements": [both, taken]})])
}

test_origins[name] if {
	some name, case in {
		"an administrator": [{"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/AmazonCognitoPowerUser"}, "fail"],
		"text not known": [{"origin": "unknown"}, "unknown"],
		"a managed policy not known": [{"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/Unheard"}, "unknown"],
		"a limited managed policy": [{"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/SecurityAudit"}, "pass"],
	}
	policy := object.union({"statements": []}, case[0])
	{found.status | some found in control.answers; found.attribute == "policy"} == {case[1]} with input as _plan([_of_role(policy)])
	{found.status | some found in control.answers; found.attribute == "policy"} == {case[1]} with input as _plan([_of_role(object.union(policy, {"subjects": []}))])
	not control.not_applicable with input as _plan([_of_role(policy)])
}

test_deploy_roles_and_boundaries_are_not_judged[name] if {
	everything := [_allow(["cognito-idp:*"])]
	some name, plan in {
		"deploy role": fixture.with_settings(_plan([_of_role({"statements": everything})]), {"deployRoleArns": ["arn:aws:iam::1:role/r"]}),
		"boundary": _plan([_of_role({"use": "boundary", "statements": everything})]),
	}
	[found.attribute | some found in control.answers] == ["account_recovery_setting.recovery_mechanism"] with input as plan
}

test_without_signers_only_those_are_told_who_can_take_over[name] if {
	some name, case in {
		"nothing": [_allow(["s3:getobject"]), set()],
		"one right": [_allow(["cognito-idp:adminsetuserpassword"]), set()],
		"not known": [object.union(_allow([]), {"partial": true}), set()],
		"both rights": [_allow(["cognito-idp:adminsetuserpassword", "cognito-idp:adminsetusermfapreference"]), {"fail"}],
	}
	some subjects in [[_role], []]
	plan := _without_signers([_of_role({"subjects": subjects, "statements": [case[0]]})])
	{found.status | some found in control.answers} == case[1] with input as plan
	reasons := {reason | reason := control.not_applicable} with input as plan
	reasons == {reason | reason := "no user pool, client of one, or way to take over its accounts, in the plan"; count(case[1]) == 0}
}

test_a_client_of_another_pool_has_signers_too if {
	plan := fixture.with_policies(
		fixture.plan([
			fixture.resource("aws_iam_role", "r", {"name": "r", "path": "/"}),
			fixture.resource("aws_cognito_managed_user_pool_client", "c", {}),
		]),
		[_of_role({"statements": [_allow(["s3:getobject"])]})],
	)
	{found.status | some found in control.answers} == {"pass"} with input as plan
}

test_recovery[name] if {
	some name, case in {
		"apps alone": [_pool({}), "pass", "nothing is sent as a second factor"],
		"text messages, and recovery as AWS had it before": [_pool({"sms_configuration": [{}]}), "fail", "not set"],
		"mails, and recovery as AWS had it before": [_pool({"email_mfa_configuration": [{}]}), "fail", "not set"],
		"text messages, and recovery settled": [
			_pool({"sms_configuration": [{}], "account_recovery_setting": [{"recovery_mechanism": [{"name": "verified_email"}]}]}),
			"pass", "set",
		],
		"perhaps text messages": [fixture.unknown(_pool({}), [["sms_configuration"]]), "unknown", "known after apply"],
		"recovery not known": [fixture.unknown(_pool({"sms_configuration": [{}]}), [["account_recovery_setting"]]), "unknown", "known after apply"],
	}
	{[found.address, found.status, found.actual] | some found in control.answers} == {["aws_cognito_user_pool.p", case[1], case[2]]} with input as fixture.plan([case[0]])
}

_role := "aws_iam_role.r"

_allow(actions) := fixture.statement({"actions": actions, "resources": ["*"]})

_of_role(fields) := object.union(
	{"address": "aws_iam_role_policy.r", "attribute": "policy", "use": "identity", "subjects": [_role]},
	fields,
)

_plan(policies) := fixture.with_policies(
	fixture.plan([fixture.resource("aws_iam_role", "r", {"name": "r", "path": "/"}), _pool({})]),
	policies,
)

_without_signers(policies) := fixture.with_policies(
	fixture.plan([fixture.resource("aws_iam_role", "r", {"name": "r", "path": "/"})]),
	policies,
)

_pool(values) := fixture.resource("aws_cognito_user_pool", "p", values)

_expected := "passwords or second factors of others, not both"

test_each_kind_of_client_has_signers[type] if {
	some type in ["aws_cognito_managed_user_pool_client", "aws_cognito_user_pool_client"]
	plan := fixture.with_policies(
		fixture.plan([fixture.resource("aws_iam_role", "r", {"name": "r", "path": "/"}), fixture.resource(type, "c", {})]),
		[_of_role({"statements": [_allow(["s3:getobject"])]})],
	)
	{found.status | some found in control.answers} == {"pass"} with input as plan
}
