# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_04_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_04 as control

test_policies[name] if {
	some name, case in {
		"a named principal passes": {"statement": {"principals": _named}, "want": answer.passed(_policy, "policy", _expected, "principals named")},
		"everybody fails": {
			"statement": {"sid": "Open", "principals": _everybody},
			"want": answer.failed(_policy, "policy", _expected, "Allow for everybody: Open"),
		},
		"everybody but one fails": {
			"statement": {"notPrincipals": _named},
			"want": answer.failed(_policy, "policy", _expected, "Allow for everybody: statement 0"),
		},
		"everybody of one source account passes": {
			"statement": {
				"principals": _everybody,
				"conditions": [{"operator": "StringEquals", "key": "aws:sourceaccount", "values": ["111122223333"]}],
			},
			"want": answer.passed(_policy, "policy", _expected, "principals named"),
		},
		"everybody of one network fails": {
			"statement": {
				"principals": _everybody,
				"conditions": [{"operator": "StringEquals", "key": "aws:sourcevpce", "values": ["vpce-1"]}],
			},
			"want": answer.failed(_policy, "policy", _expected, "Allow for everybody: statement 0"),
		},
		"every account fails": {
			"statement": {"principals": [{"type": "AWS", "value": "arn:aws:iam::*:root"}]},
			"want": answer.failed(_policy, "policy", _expected, "Allow for everybody: statement 0"),
		},
		"an identity provider's whole audience fails": {
			"statement": {"principals": [{"type": "Federated", "value": "cognito-identity.amazonaws.com"}]},
			"want": answer.failed(_policy, "policy", _expected, "Allow for everybody: statement 0"),
		},
		"an identity provider's named audience passes": {
			"statement": {
				"principals": [{"type": "Federated", "value": "cognito-identity.amazonaws.com"}],
				"conditions": [{"operator": "StringEquals", "key": "cognito-identity.amazonaws.com:aud", "values": ["pool"]}],
			},
			"want": answer.passed(_policy, "policy", _expected, "principals named"),
		},
		"any subject of an identity provider fails": {
			"statement": {
				"principals": [{"type": "Federated", "value": "token.actions.githubusercontent.com"}],
				"conditions": [{"operator": "StringLike", "key": "token.actions.githubusercontent.com:sub", "values": ["*"]}],
			},
			"want": answer.failed(_policy, "policy", _expected, "Allow for everybody: statement 0"),
		},
		"the audience of a CI provider fails": {
			"statement": {
				"principals": [{"type": "Federated", "value": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"}],
				"conditions": [{"operator": "StringEquals", "key": "gitlab.com:aud", "values": ["https://gitlab.com"]}],
			},
			"want": answer.failed(_policy, "policy", _expected, "Allow for everybody: statement 0"),
		},
		"the owner in the subject of a CI provider passes": {
			"statement": {
				"principals": [{"type": "Federated", "value": "arn:aws:iam::111122223333:oidc-provider/gitlab.com"}],
				"conditions": [{"operator": "StringLike", "key": "gitlab.com:sub", "values": ["project_path:acme/*"]}],
			},
			"want": answer.passed(_policy, "policy", _expected, "principals named"),
		},
		"deny for everybody passes": {
			"statement": {"effect": "Deny", "principals": _everybody},
			"want": answer.passed(_policy, "policy", _expected, "principals named"),
		},
		"what is not known in full is unknown": {
			"statement": {"principals": _named, "partial": true},
			"want": answer.unknown(_policy, "policy", _expected, "not known in full"),
		},
	}
	plan := _with(fixture.plan([_carrier]), "resource", case.statement)
	control.answers == {case.want} with input as plan
}

test_function_urls[name] if {
	some name, case in {
		"signed requests pass": {"values": {"authorization_type": "AWS_IAM"}, "want": "pass"},
		"no authorization fails": {"values": {"authorization_type": "NONE"}, "want": "fail"},
	}
	plan := fixture.plan([fixture.resource("aws_lambda_function_url", "open", case.values)])
	{[found.attribute, found.status] | some found in control.answers} == {["authorization_type", case.want]} with input as plan
}

test_a_trust_policy_is_judged_too if {
	plan := _with(fixture.plan([_carrier]), "trust", {"principals": _everybody})
	{found.status | some found in control.answers} == {"fail"} with input as plan
}

test_identity_and_deleted_policies_are_not_judged[name] if {
	some name, plan in {
		"identity": _with(fixture.plan([_carrier]), "identity", {"principals": _everybody}),
		"deleted": _with(fixture.plan([fixture.deleted(_carrier)]), "resource", {"principals": _everybody}),
	}
	control.not_applicable == "no resource policy in the plan" with input as plan
	control.answers == set() with input as plan
}

_expected := "no Allow for everybody"

_policy := "aws_s3_bucket_policy.raw"

_everybody := [{"type": "*", "value": "*"}]

_named := [{"type": "AWS", "value": "arn:aws:iam::111122223333:role/writer"}]

_carrier := fixture.resource("aws_s3_bucket_policy", "raw", {})

_with(plan, use, overrides) := fixture.with_policies(plan, [{
	"address": _policy,
	"attribute": "policy",
	"use": use,
	"subjects": ["aws_s3_bucket.raw"],
	"statements": [fixture.statement(overrides)],
}])

test_two_open_statements_of_one_policy_give_one_answer if {
	open := fixture.statement({"principals": [{"type": "*", "value": "*"}], "actions": ["s3:getobject"], "resources": ["*"]})
	plan := fixture.with_policies(fixture.plan([fixture.part("aws_s3_bucket_policy", "p", "raw", {})]), [{
		"address": "aws_s3_bucket_policy.p",
		"attribute": "policy",
		"use": "resource",
		"subjects": ["aws_s3_bucket.raw"],
		"statements": [object.union(open, {"sid": "A"}), object.union(open, {"sid": "B"})],
	}])
	[found.actual | some found in control.answers] == ["Allow for everybody: A"] with input as plan
}
