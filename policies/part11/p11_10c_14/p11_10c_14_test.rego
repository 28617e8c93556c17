# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_14_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_14 as control

test_answers[name] if {
	some name, case in {
		"one role": {
			"policies": [_identity("a", ["aws_iam_role.a"], "s3:putobjectlegalhold")],
			"want": {answer.passed("aws_iam_role.a", "policy", _expected, "the only one")},
		},
		"two roles": {
			"policies": [_identity("a", ["aws_iam_role.a"], "s3:putobjectlegalhold"), _identity("b", ["aws_iam_role.b"], "s3:put*")],
			"want": {
				answer.failed("aws_iam_role.a", "policy", _expected, "one of 2"),
				answer.failed("aws_iam_role.b", "policy", _expected, "one of 2"),
			},
		},
		"a user": {
			"policies": [_identity("u", ["aws_iam_user.u"], "s3:putobjectlegalhold")],
			"want": {answer.failed("aws_iam_user.u", "policy", _expected, "not a role")},
		},
		"a policy attached to nobody in the plan": {
			"policies": [_identity("a", [], "s3:putobjectlegalhold")],
			"want": {answer.failed("aws_iam_role_policy.a", "policy", _expected, "not a role")},
		},
		"a bucket policy": {
			"policies": [_on_bucket("s3:putobjectlegalhold")],
			"want": {answer.failed("aws_s3_bucket_policy.raw", "policy", _expected, "not a role")},
		},
		"nobody": {
			"policies": [_identity("a", ["aws_iam_role.a"], "s3:getobject"), _on_bucket("s3:getobject")],
			"want": {answer.failed("plan", "policy", _expected, "none")},
		},
		"identity policy not readable": {
			"policies": [object.union(_identity("a", ["aws_iam_role.a"], "s3:getobject"), {"origin": "unknown"})],
			"want": {answer.unknown("aws_iam_role_policy.a", "policy", _expected, "not readable before apply")},
		},
		"bucket policy not readable": {
			"policies": [object.union(_on_bucket("s3:getobject"), {"origin": "unknown"})],
			"want": {answer.unknown("aws_s3_bucket_policy.raw", "policy", _expected, "not readable before apply")},
		},
	}
	control.answers == case.want with input as fixture.with_policies(_resources, case.policies)
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record-bearing bucket in the plan": fixture.plan([fixture.tagged_bucket("results", "results")]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_resources := fixture.plan([
	fixture.tagged_bucket("raw", "record"),
	fixture.part("aws_s3_bucket_policy", "raw", "raw", {}),
	fixture.resource("aws_iam_role", "a", {"name": "a"}),
	fixture.resource("aws_iam_role", "b", {"name": "b"}),
	fixture.resource("aws_iam_user", "u", {"name": "u"}),
	fixture.resource("aws_iam_role_policy", "a", {}),
	fixture.resource("aws_iam_role_policy", "b", {}),
	fixture.resource("aws_iam_role_policy", "u", {}),
])

_identity(name, subjects, action) := {
	"address": $"aws_iam_role_policy.{name}",
	"attribute": "policy",
	"use": "identity",
	"subjects": subjects,
	"statements": [fixture.statement({"actions": [action], "resources": ["arn:aws:s3:::raw/*"]})],
}

_on_bucket(action) := {
	"address": "aws_s3_bucket_policy.raw",
	"attribute": "policy",
	"use": "resource",
	"subjects": ["aws_s3_bucket.raw"],
	"statements": [fixture.statement({
		"actions": [action],
		"resources": ["arn:aws:s3:::raw/*"],
		"principals": [{"type": "AWS", "value": "arn:aws:iam::444455556666:root"}],
	})],
}

_expected := "exactly one role that may s3:PutObjectLegalHold"
