# SPDX-License-Identifier: Apache-2.0

package part11.p11_70_02_test

import data.lib.fixture
import data.part11.p11_70_02 as control

test_key_policies[name] if {
	some name, case in {
		"one role of the plan passes": [[_allow(["kms:sign"], [_aws(_arn)])], "pass", "aws_iam_role.sign"],
		"one role by reference passes": [[_allow(["kms:sign"], [_aws("${aws_iam_role.sign.arn}")])], "pass", "aws_iam_role.sign"],
		"one role under two names passes": [
			[_allow(["kms:sign"], [_aws(_arn), _aws("${aws_iam_role.sign.arn}")])],
			"pass", "aws_iam_role.sign",
		],
		"one role outside the plan passes": [[_allow(["kms:sign"], [_aws(_elsewhere)])], "pass", _elsewhere],
		"administration beside passes": [
			[_allow(["kms:sign"], [_aws(_arn)]), _allow(["kms:putkeypolicy"], [_aws("arn:aws:iam::1:root")])],
			"pass", "aws_iam_role.sign",
		],
		"two roles fail": [
			[_allow(["kms:sign"], [_aws(_arn)]), _allow(["kms:*"], [_aws(_elsewhere)])],
			"fail", "arn:aws:iam::1:role/elsewhere, aws_iam_role.sign",
		],
		"the account root fails": [[_allow(["kms:*"], [_aws("arn:aws:iam::1:root")])], "fail", "arn:aws:iam::1:root"],
		"everybody fails": [[_allow(["kms:sign"], [{"type": "*", "value": "*"}])], "fail", "*"],
		"everybody but some fails": [
			[fixture.statement({"actions": ["kms:sign"], "resources": ["*"], "notPrincipals": [_aws(_arn)]})],
			"fail", "everybody but some",
		],
		"a service fails": [[_allow(["kms:sign"], [{"type": "Service", "value": "dnssec-route53.amazonaws.com"}])], "fail", "dnssec-route53.amazonaws.com"],
		"a role with a wildcard fails": [[_allow(["kms:sign"], [_aws("arn:aws:iam::1:role/*")])], "fail", "arn:aws:iam::1:role/*"],
		"nobody fails": [[_allow(["kms:verify"], [_aws(_arn)])], "fail", "nobody"],
		"a fence about one role passes": [
			[_allow(["kms:*"], [_aws("arn:aws:iam::1:root")]), _fence("ArnNotEquals", [_arn])],
			"pass", "aws_iam_role.sign",
		],
		"two fences leave what both name": [
			[_allow(["kms:*"], [_aws("arn:aws:iam::1:root")]), _fence("ArnNotEquals", [_arn, _elsewhere]), _fence("StringNotEquals", [_arn])],
			"pass", "aws_iam_role.sign",
		],
		"a fence about two roles fails": [
			[_allow(["kms:*"], [_aws("arn:aws:iam::1:root")]), _fence("ArnNotEquals", [_arn, _elsewhere])],
			"fail", "arn:aws:iam::1:role/elsewhere, aws_iam_role.sign",
		],
		"a fence with a wildcard is none": [
			[_allow(["kms:*"], [_aws("arn:aws:iam::1:root")]), _fence("ArnNotLike", ["arn:aws:iam::1:role/*"])],
			"fail", "arn:aws:iam::1:root",
		],
		"a fence with a variable is none": [
			[_allow(["kms:*"], [_aws("arn:aws:iam::1:root")]), _fence("ArnNotLike", ["${aws:PrincipalArn}"])],
			"fail", "arn:aws:iam::1:root",
		],
		"the account root beside what is not readable fails": [
			[
				object.union(_allow(["kms:sign"], [_aws(_arn)]), {"partial": true}),
				_allow(["kms:*"], [_aws("arn:aws:iam::1:root")]),
			],
			"fail", "arn:aws:iam::1:root",
		],
		"not readable is unknown": [
			[object.union(_allow(["kms:sign"], [_aws(_arn)]), {"partial": true})],
			"unknown", "policy not known in full",
		],
		"a fence by another operator passes": [
			[_allow(["kms:*"], [_aws("arn:aws:iam::1:root")]), _fence("ArnNotLike", [_arn])],
			"pass", "aws_iam_role.sign",
		],
		"a fence by text passes": [
			[_allow(["kms:*"], [_aws("arn:aws:iam::1:root")]), _fence("StringNotLike", [_arn])],
			"pass", "aws_iam_role.sign",
		],
	}
	plan := _plan([_key_policy(case[0])])
	[[found.attribute, found.status, found.actual] | some found in control.answers; found.address == _key] == [["policy", case[1], case[2]]] with input as plan
	not control.not_applicable with input as plan
}

test_the_default_policy_fails if {
	actual := "the key's default policy: everybody whom IAM allows"
	[[found.attribute, found.status, found.actual] | some found in control.answers; found.address == _key] == [["policy", "fail", actual]] with input as _plan([])
}

test_a_copy_is_governed_as_well if {
	copy := fixture.referring(
		fixture.unknown(fixture.resource("aws_kms_replica_key", "c", {}), [["primary_key_arn"]]),
		{"primary_key_arn": [_key]},
	)
	plan := fixture.plan([_signing, copy])
	{found.address | some found in control.answers; found.status == "fail"} == {_key, "aws_kms_replica_key.c"} with input as plan
}

test_grants[name] if {
	some name, case in {
		"to sign": [["Verify", "Sign"], "fail", "Sign"],
		"to verify": [["Verify"], "pass", "none"],
	}
	handed := fixture.referring(fixture.resource("aws_kms_grant", "g", {"operations": case[0]}), {"key_id": [_key]})
	[[found.attribute, found.status, found.actual] | some found in control.answers; found.address == "aws_kms_grant.g"] == [["operations", case[1], case[2]]] with input as fixture.plan([_signing, handed])
}

test_a_grant_not_known_is_unknown if {
	handed := fixture.unknown(fixture.resource("aws_kms_grant", "g", {}), [["operations"]])
	plan := fixture.plan([_signing, fixture.referring(handed, {"key_id": [_key]})])
	[[found.attribute, found.status] | some found in control.answers; found.address == "aws_kms_grant.g"] == [["operations", "unknown"]] with input as plan
}

test_identity_policies[name] if {
	some name, case in {
		"of the signer": [{"subjects": ["aws_iam_role.sign"], "statements": [_on_key(["kms:sign"])]}, "pass", "nobody else"],
		"of another role": [{"subjects": ["aws_iam_role.other"], "statements": [_on_key(["kms:sign"])]}, "fail", "aws_iam_role.other"],
		"of both": [{"subjects": ["aws_iam_role.other", "aws_iam_role.sign"], "statements": [_on_key(["kms:s*"])]}, "fail", "aws_iam_role.other"],
		"of another role for every key": [
			{"subjects": ["aws_iam_role.other"], "statements": [fixture.statement({"actions": ["kms:*"], "resources": ["*"]})]},
			"fail", "aws_iam_role.other",
		],
		"of another role for another key": [
			{"subjects": ["aws_iam_role.other"], "statements": [fixture.statement({"actions": ["kms:*"], "resources": ["arn:aws:kms:r:1:key/x"]})]},
			"pass", "nobody else",
		],
		"of another role, denied again": [
			{"subjects": ["aws_iam_role.other"], "statements": [
				_on_key(["kms:sign"]),
				fixture.statement({"effect": "Deny", "actions": ["kms:sign"], "resources": ["*"]}),
			]},
			"pass", "nobody else",
		],
		"of another role to verify": [{"subjects": ["aws_iam_role.other"], "statements": [_on_key(["kms:verify"])]}, "pass", "nobody else"],
		"of nobody in the plan": [{"subjects": [], "statements": [_on_key(["kms:sign"])]}, "fail", "nobody of the plan"],
		"of an administrator": [
			{"subjects": ["aws_iam_role.other"], "statements": [], "origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/AdministratorAccess"},
			"fail", "aws_iam_role.other",
		],
		"of the signer for keys not known": [
			{"subjects": ["aws_iam_role.sign"], "statements": [object.union(_on_key(["kms:sign"]), {"partial": true})]},
			"pass", "nobody else",
		],
		"of another role for keys not known": [
			{"subjects": ["aws_iam_role.other"], "statements": [fixture.statement({"actions": ["kms:sign"], "partial": true})]},
			"unknown", "keys not known before apply",
		],
		"not readable": [{"subjects": ["aws_iam_role.other"], "statements": [], "origin": "unknown"}, "unknown", "not readable before apply"],
	}
	policy := object.union({"address": "aws_iam_policy.p", "attribute": "policy", "use": "identity"}, case[0])
	plan := _plan([_key_policy([_allow(["kms:sign"], [_aws(_arn)])]), policy])
	[[found.status, found.actual] | some found in control.answers; found.address == "aws_iam_policy.p"] == [[case[1], case[2]]] with input as plan
}

test_no_signing_key_is_not_applicable if {
	plan := fixture.plan([fixture.resource("aws_kms_key", "k", {"key_usage": "ENCRYPT_DECRYPT"})])
	control.not_applicable == "no signing key in the plan" with input as plan
	control.answers == set() with input as plan
}

_key := "aws_kms_key.k"

_arn := "arn:aws:iam::1:role/sign"

_elsewhere := "arn:aws:iam::1:role/elsewhere"

_signing := fixture.resource("aws_kms_key", "k", {"key_usage": "SIGN_VERIFY"})

_aws(value) := {"type": "AWS", "value": value}

_allow(actions, principals) := fixture.statement({"actions": actions, "resources": ["*"], "principals": principals})

_on_key(actions) := fixture.statement({"actions": actions, "resources": ["${aws_kms_key.k.arn}"], "refs": [_key]})

_fence(operator, values) := fixture.statement({
	"effect": "Deny",
	"actions": ["kms:sign"],
	"resources": ["*"],
	"principals": [{"type": "*", "value": "*"}],
	"conditions": [{"operator": operator, "key": "aws:principalarn", "values": values}],
})

_key_policy(statements) := {"address": _key, "attribute": "policy", "use": "resource", "subjects": [_key], "statements": statements}

_plan(policies) := fixture.with_policies(
	fixture.plan([
		_signing,
		fixture.resource("aws_iam_role", "sign", {"name": "sign", "path": "/"}),
		fixture.resource("aws_iam_role", "other", {"name": "other", "path": "/"}),
	]),
	policies,
)

test_a_grant_of_one_of_several_keys_is_judged if {
	handed := fixture.ambiguously_referring(fixture.resource("aws_kms_grant", "g", {"operations": ["Sign"]}), {"key_id": [_key]})
	[found.status | some found in control.answers; found.address == "aws_kms_grant.g"] == ["fail"] with input as fixture.plan([_signing, handed])
}
