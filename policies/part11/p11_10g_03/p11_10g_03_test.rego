# SPDX-License-Identifier: Apache-2.0

package part11.p11_10g_03_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10g_03 as control

test_statements[name] if {
	some name, case in {
		"source account": ["trust", "s3.amazonaws.com", [_account], "pass", "s3"],
		"source ARN": ["resource", "logging.s3.amazonaws.com", [_arn], "pass", "logging.s3"],
		"nothing in a trust policy": ["trust", "states.amazonaws.com", [], "fail", "none for states"],
		"nothing in a resource policy": ["resource", "cloudtrail.amazonaws.com", [], "fail", "none for cloudtrail"],
		"a service that sends nothing": ["trust", "cloudtrail.amazonaws.com", [], "pass", "cloudtrail"],
		"a service not in the table": ["trust", "new.amazonaws.com", [], "unknown", "new not in the table of services"],
		"a service not in the table, guarded": ["trust", "new.amazonaws.com", [_account], "pass", "new"],
		"a regional service in China": ["trust", "states.cn-north-1.amazonaws.com.cn", [], "fail", "none for states"],
	}
	plan := _with("aws_s3_bucket", case[0], {"principals": _service(case[1]), "conditions": case[2]})
	control.answers == {{"address": _policy, "attribute": "policy", "status": case[3], "expected": _expected, "actual": case[4]}} with input as plan
	not control.not_applicable with input as plan
}

test_key_policies[name] if {
	some name, case in {
		"log groups by context": [
			"logs.eu-west-1.amazonaws.com",
			[{"operator": "ArnLike", "key": "kms:encryptioncontext:aws:logs:arn", "values": ["arn:aws:logs:eu-west-1:1:log-group:*"]}],
			"pass",
		],
		"log groups of any account": [
			"logs.eu-west-1.amazonaws.com",
			[{"operator": "ArnLike", "key": "kms:encryptioncontext:aws:logs:arn", "values": ["arn:aws:logs:*:*:log-group:*"]}],
			"fail",
		],
		"event rules": ["events.amazonaws.com", [], "pass"],
	}
	plan := _with("aws_kms_key", "resource", {"principals": _service(case[0]), "conditions": case[1]})
	{found.status | some found in control.answers} == {case[2]} with input as plan
}

test_what_is_not_known[name] if {
	some name, plan in {
		"in full": _with("aws_s3_bucket", "resource", {"principals": _service("s3.amazonaws.com"), "conditions": [_account], "partial": true}),
		"at all": fixture.with_policies(fixture.plan([]), [object.union(_policy_of("resource", []), {"origin": "unknown"})]),
	}
	control.answers == {answer.unknown(_policy, "policy", _expected, "not known in full")} with input as plan
}

test_not_applicable[name] if {
	some name, plan in {
		"a role": _with("aws_s3_bucket", "resource", {"principals": [{"type": "AWS", "value": "arn:aws:iam::1:role/r"}]}),
		"a Deny": _with("aws_s3_bucket", "resource", {"effect": "Deny", "principals": _service("s3.amazonaws.com")}),
		"an identity policy": _with("aws_s3_bucket", "identity", {"principals": _service("s3.amazonaws.com")}),
	}
	control.not_applicable == "no policy for a service in the plan" with input as plan
	control.answers == set() with input as plan
}

_policy := "aws_s3_bucket_policy.it"

_expected := "a condition on the source account or ARN"

_account := {"operator": "StringEquals", "key": "aws:sourceaccount", "values": ["111122223333"]}

_arn := {"operator": "ArnEquals", "key": "aws:sourcearn", "values": ["arn:aws:s3:::raw"]}

_service(name) := [{"type": "Service", "value": name}]

_policy_of(use, statements) := {"address": _policy, "attribute": "policy", "use": use, "subjects": [], "statements": statements}

_with(type, use, overrides) := fixture.with_policies(fixture.plan([fixture.resource(type, "it", {})]), [object.union(
	_policy_of(use, [fixture.statement(overrides)]),
	{"subjects": [$"{type}.it"]},
)])
