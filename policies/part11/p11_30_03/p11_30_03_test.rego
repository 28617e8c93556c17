# SPDX-License-Identifier: Apache-2.0

package part11.p11_30_03_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_30_03 as control

test_rotation[name] if {
	some name, case in {
		"on": [{"enable_key_rotation": true}, {answer.passed(_key, "enable_key_rotation", "true", "true")}],
		"off": [{"enable_key_rotation": false}, {answer.failed(_key, "enable_key_rotation", "true", "false")}],
		"not set": [{"key_usage": "ENCRYPT_DECRYPT"}, {answer.failed(_key, "enable_key_rotation", "true", "not set")}],
		"symmetric by name": [
			{"customer_master_key_spec": "SYMMETRIC_DEFAULT"},
			{answer.failed(_key, "enable_key_rotation", "true", "not set")},
		],
		"asymmetric": [{"customer_master_key_spec": "ECC_NIST_P256"}, set()],
		"signing": [{"key_usage": "SIGN_VERIFY"}, set()],
	}
	rotation := {found | some found in control.answers; found.attribute == "enable_key_rotation"} with input as _plan("aws_kms_key", case[0], [])
	rotation == case[1]
	not control.not_applicable with input as _plan("aws_kms_key", case[0], [])
}

test_policies[name] if {
	some name, case in {
		"administrators named": [[_allow(_admin), _allow(_root)], "pass", "arn:aws:iam::1:role/deploy"],
		"account root alone": [[_allow(_root)], "fail", "no administrator but the account root"],
		"account number alone": [[_allow("111122223333")], "fail", "no administrator but the account root"],
		"everybody": [
			[_allow(_admin), object.union(_allow("*"), {"principals": [{"type": "*", "value": "*"}]})],
			"fail",
			"everybody allowed",
		],
		"everybody of the account": [
			[
				_allow(_admin),
				object.union(_allow("*"), {"conditions": [{"operator": "StringEquals", "key": "kms:calleraccount", "values": ["1"]}]}),
			],
			"pass",
			"arn:aws:iam::1:role/deploy",
		],
		"users only": [[object.union(_allow(_admin), {"actions": ["kms:decrypt"]})], "fail", "no administrator but the account root"],
		"not known in full": [[object.union(_allow(_admin), {"partial": true})], "unknown", "policy not known in full"],
		"administrators of the policy alone": [[object.union(_allow(_admin), {"actions": ["kms:putkeypolicy"]})], "pass", "arn:aws:iam::1:role/deploy"],
	}
	plan := _plan("aws_kms_key", {"enable_key_rotation": true}, case[0])
	{"address": _key, "attribute": "policy", "status": case[1], "expected": _expected, "actual": case[2]} in control.answers with input as plan
}

test_of_two_policies_each_names_an_administrator[name] if {
	some name, case in {
		"both": [[_allow(_admin)], "pass", _admin],
		"one": [[_allow(_root)], "fail", "no administrator but the account root"],
	}
	plan := fixture.with_policies(
		fixture.plan([fixture.resource("aws_kms_key", "k", {}), fixture.resource("aws_kms_key_policy", "k", {})]),
		[
		{"address": address, "attribute": "policy", "use": "resource", "subjects": [_key], "statements": statements} |
			some address, statements in {_key: [_allow(_admin)], "aws_kms_key_policy.k": case[0]}
		],
	)
	{"address": _key, "attribute": "policy", "status": case[1], "expected": _expected, "actual": case[2]} in control.answers with input as plan
}

test_a_key_without_a_policy_fails if {
	plan := fixture.plan([fixture.resource("aws_kms_key", "k", {"enable_key_rotation": true})])
	answer.failed(_key, "policy", _expected, "not set") in control.answers with input as plan
}

test_a_replica_is_judged_by_its_policy_alone if {
	plan := _plan("aws_kms_replica_key", {}, [_allow(_admin)])
	control.answers == {answer.passed("aws_kms_replica_key.k", "policy", _expected, _admin)} with input as plan
}

test_no_key_is_not_applicable if {
	control.not_applicable == "no KMS key in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_key := "aws_kms_key.k"

_expected := "a policy that names administrators"

_admin := "arn:aws:iam::1:role/deploy"

_root := "arn:aws:iam::1:root"

_allow(principal) := fixture.statement({
	"actions": ["kms:*"],
	"resources": ["*"],
	"principals": [{"type": "AWS", "value": principal}],
})

_plan(type, values, statements) := fixture.with_policies(fixture.plan([fixture.resource(type, "k", values)]), [{
	"address": $"{type}.k",
	"attribute": "policy",
	"use": "resource",
	"subjects": [$"{type}.k"],
	"statements": statements,
}])
