# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_18_test

import data.lib.fixture
import data.part11.p11_10c_18 as control

test_answers[name] if {
	some name, case in {
		"said": {"values": {"deletion_window_in_days": 30, "is_enabled": true}, "want": {_window("pass", "30"), _enabled("pass", "true"), _store("pass", "not set")}},
		"not said is AWS's default": {"values": {}, "want": {_window("pass", "30"), _enabled("pass", "true"), _store("pass", "not set")}},
		"short window": {"values": {"deletion_window_in_days": 7}, "want": {_window("fail", "7"), _enabled("pass", "true"), _store("pass", "not set")}},
		"in a store of somebody's own": {
			"values": {"custom_key_store_id": "cks-0123456789abcdef0"},
			"want": {_window("pass", "30"), _enabled("pass", "true"), _store("fail", "cks-0123456789abcdef0")},
		},
		"disabled": {"values": {"is_enabled": false}, "want": {_window("pass", "30"), _enabled("fail", "false"), _store("pass", "not set")}},
	}
	control.answers == case.want with input as fixture.plan([fixture.resource("aws_kms_key", "k", case.values)])
}

test_an_unknown_window_is_unknown if {
	plan := fixture.plan([fixture.unknown(fixture.resource("aws_kms_key", "k", {}), [["deletion_window_in_days"]])])
	control.answers == {_window("unknown", "known after apply"), _enabled("pass", "true"), _store("pass", "not set")} with input as plan
}

test_policy_answers[name] if {
	some name, case in {
		"use only": {"policy": _identity("kms:decrypt"), "status": "pass", "actual": "none"},
		"scheduling deletion": {"policy": _identity("kms:scheduledeletion*"), "status": "pass", "actual": "none"},
		"every KMS action": {"policy": _identity("kms:*"), "status": "fail", "actual": _every_sorted},
		"disabling": {"policy": _identity("kms:disablekey"), "status": "fail", "actual": "kms:disablekey"},
		"handing on by a grant": {"policy": _identity("kms:creategrant"), "status": "fail", "actual": "kms:creategrant"},
		"deleting imported material": {
			"policy": _identity("kms:deleteimportedkeymaterial"),
			"status": "fail",
			"actual": "kms:deleteimportedkeymaterial",
		},
		"copying to another region": {"policy": _identity("kms:replicatekey"), "status": "fail", "actual": "kms:replicatekey"},
		"changing the key policy": {"policy": _identity("kms:putkeypolicy"), "status": "fail", "actual": "kms:putkeypolicy"},
		"key policy to an administrator who may change it": {
			"policy": _key_policy("arn:aws:iam::111122223333:role/administrator", "kms:putkeypolicy"),
			"status": "pass",
			"actual": "none",
		},
		"key policy to the account root": {"policy": _on_key("arn:aws:iam::111122223333:root"), "status": "pass", "actual": "none"},
		"key policy to the deploy role": {"policy": _on_key("arn:aws:iam::111122223333:role/deploy"), "status": "pass", "actual": "none"},
		"key policy to a role": {
			"policy": _on_key("arn:aws:iam::111122223333:role/job"),
			"status": "fail",
			"actual": _on_keys,
		},
		"key policy not readable": {
			"policy": object.union(_on_key("*"), {"origin": "unknown", "statements": []}),
			"status": "unknown",
			"actual": "not readable before apply",
		},
		"disabling one key": {
			"policy": object.union(_identity(""), {"statements": [fixture.statement({
				"actions": ["kms:disablekey"],
				"resources": ["arn:aws:kms:eu-west-1:111122223333:key/1234"],
			})]}),
			"status": "fail",
			"actual": "kms:disablekey",
		},
		"key policy beside the key": {
			"policy": object.union(_on_key("arn:aws:iam::111122223333:role/job"), {"address": "aws_kms_key_policy.p"}),
			"status": "fail",
			"actual": _on_keys,
		},
	}
	plan := fixture.with_policies(fixture.plan([fixture.resource("aws_kms_key", "k", {}), fixture.resource("aws_iam_role_policy", "p", {}), fixture.resource("aws_kms_key_policy", "p", {})]), [case.policy])
	want := {
		"address": case.policy.address,
		"attribute": "policy",
		"status": case.status,
		"expected": _expected[case.policy.use],
		"actual": case.actual,
	}
	{found | some found in control.answers; found.attribute == "policy"} == {want} with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no KMS key in the plan": fixture.plan([]),
		"does not apply in qualification": fixture.in_environment(fixture.plan([fixture.resource("aws_kms_key", "k", {})]), "qualification"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_identity(action) := {
	"address": "aws_iam_role_policy.p",
	"attribute": "policy",
	"use": "identity",
	"subjects": [],
	"statements": [fixture.statement({"actions": [action], "resources": ["*"]})],
}

_on_key(principal) := _key_policy(principal, "kms:*")

_key_policy(principal, action) := {
	"address": "aws_kms_key.k",
	"attribute": "policy",
	"use": "resource",
	"subjects": ["aws_kms_key.k"],
	"statements": [fixture.statement({"actions": [action], "resources": ["*"], "principals": [{"type": "AWS", "value": principal}]})],
}

_expected := {"identity": $"none of {_on_keys}, kms:putkeypolicy", "resource": $"none of {_on_keys}"}

_every_sorted := "kms:creategrant, kms:deleteimportedkeymaterial, kms:disablekey, kms:putkeypolicy, kms:replicatekey, kms:schedulekeydeletion"

_on_keys := "kms:creategrant, kms:deleteimportedkeymaterial, kms:disablekey, kms:replicatekey, kms:schedulekeydeletion"

_store(status, actual) := {
	"address": "aws_kms_key.k",
	"attribute": "custom_key_store_id",
	"status": status,
	"expected": "not set",
	"actual": actual,
}

_window(status, actual) := {
	"address": "aws_kms_key.k",
	"attribute": "deletion_window_in_days",
	"status": status,
	"expected": ">= 30 days",
	"actual": actual,
}

_enabled(status, actual) := {
	"address": "aws_kms_key.k",
	"attribute": "is_enabled",
	"status": status,
	"expected": "true",
	"actual": actual,
}
