# SPDX-License-Identifier: Apache-2.0

package part11.p11_10f_01_test

import data.lib.fixture
import data.part11.p11_10f_01 as control

test_writers[name] if {
	some name, case in {
		"one for the whole bucket passes": [[_put("a", ["arn:aws:s3:::raw/*"])], "pass", "aws_iam_role.a"],
		"neighbours pass": [
			[_put("a", ["arn:aws:s3:::raw/lab/*"]), _put("b", ["arn:aws:s3:::raw/edc/*"])],
			"pass",
			"aws_iam_role.a, aws_iam_role.b",
		],
		"one role with several prefixes passes": [[_put("a", ["arn:aws:s3:::raw/lab/*", "arn:aws:s3:::raw/lab/2026/*"])], "pass", "aws_iam_role.a"],
		"two on one prefix fail": [
			[_put("a", ["arn:aws:s3:::raw/lab/*"]), _put("b", ["arn:aws:s3:::raw/lab/*"])],
			"fail",
			"aws_iam_role.a, aws_iam_role.b in lab/",
		],
		"one around another fails": [
			[_put("a", ["arn:aws:s3:::raw/*"]), _put("b", ["arn:aws:s3:::raw/lab/*"])],
			"fail",
			"aws_iam_role.a, aws_iam_role.b in lab/",
		],
		"two in the whole bucket fail": [
			[_put("a", ["*"]), _put("b", ["arn:aws:s3:::raw/*"])],
			"fail",
			"aws_iam_role.a, aws_iam_role.b in the whole bucket",
		],
		"everything but one resource is everywhere": [
			[
				_put("a", ["arn:aws:s3:::raw/lab/*"]),
				_identity("b", {"statements": [fixture.statement({"actions": ["s3:putobject"], "notResources": ["arn:aws:s3:::logs/*"]})]}),
			],
			"fail",
			"aws_iam_role.a, aws_iam_role.b in lab/",
		],
		"one around another fails, whatever stands between": [
			[_put("a", ["arn:aws:s3:::raw/lab/*", "arn:aws:s3:::raw/lab/2026/*"]), _put("b", ["arn:aws:s3:::raw/lab/2025/*"])],
			"fail",
			"aws_iam_role.a, aws_iam_role.b in lab/2025/",
		],
		"resources not known may be anywhere": [
			[
				_put("a", ["arn:aws:s3:::raw/lab/*"]),
				_identity("b", {"statements": [fixture.statement({
					"actions": ["s3:putobject"],
					"resources": ["arn:aws:s3:::raw/edc/*"],
					"partial": true,
				})]}),
			],
			"fail",
			"aws_iam_role.a, aws_iam_role.b in lab/",
		],
		"nobody fails": [[], "fail", "no role of the plan writes here"],
		"a writer elsewhere is nobody here": [[_put("a", ["arn:aws:s3:::inbox/*"])], "fail", "no role of the plan writes here"],
		"an administrator beside a writer fails": [
			[
				_put("a", ["arn:aws:s3:::raw/*"]),
				_identity("b", {"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/AdministratorAccess", "statements": []}),
			],
			"fail",
			"aws_iam_role.a, aws_iam_role.b in the whole bucket",
		],
		"rights not known are unknown": [
			[_put("a", ["arn:aws:s3:::raw/*"]), _identity("b", {"origin": "unknown", "statements": []})],
			"unknown",
			"rights of aws_iam_role.b not known",
		],
		"a bucket policy not known is unknown": [
			[_put("a", ["arn:aws:s3:::raw/*"]), _on_bucket({"origin": "unknown", "statements": []})],
			"unknown",
			"bucket policy not known",
		],
		"a bucket policy may name the writer": [
			[_on_bucket({"statements": [fixture.statement({
				"principals": [{"type": "AWS", "value": "arn:aws:iam::111122223333:role/b"}],
				"actions": ["s3:putobject"],
				"resources": ["arn:aws:s3:::raw/*"],
			})]})],
			"pass",
			"aws_iam_role.b",
		],
		"neighbours, one of whom writes elsewhere too, pass": [
			[_put("a", ["arn:aws:s3:::raw/lab/*", "arn:aws:s3:::inbox/*"]), _put("b", ["arn:aws:s3:::raw/edc/*"])],
			"pass",
			"aws_iam_role.a, aws_iam_role.b",
		],
	}
	plan := _plan(case[0])
	control.answers == {{
		"address": "aws_s3_bucket.raw",
		"attribute": "policy",
		"status": case[1],
		"expected": "one writer for each prefix",
		"actual": case[2],
	}} with input as plan
	not control.not_applicable with input as plan
}

test_deploy_roles_do_not_count if {
	plan := fixture.with_settings(
		_plan([_put("a", ["arn:aws:s3:::raw/*"]), _put("b", ["arn:aws:s3:::raw/*"])]),
		{"deployRoleArns": ["arn:aws:iam::111122223333:role/b"]},
	)
	{found.actual | some found in control.answers} == {"aws_iam_role.a"} with input as plan
}

test_no_bucket_is_not_applicable if {
	plan := fixture.plan([fixture.tagged_bucket("logs", "access-log")])
	control.not_applicable == "no bucket that receives or keeps records in the plan" with input as plan
	control.answers == set() with input as plan
}

_plan(policies) := fixture.with_policies(
	fixture.plan([
		fixture.tagged_bucket("raw", "record"),
		fixture.resource("aws_iam_role", "a", {"name": "a"}),
		fixture.resource("aws_iam_role", "b", {"name": "b"}),
	]),
	policies,
)

_put(role, resources) := _identity(role, {"statements": [fixture.statement({"actions": ["s3:putobject"], "resources": resources})]})

_identity(role, fields) := object.union(
	{"address": $"aws_iam_role_policy.{role}", "attribute": "policy", "use": "identity", "subjects": [$"aws_iam_role.{role}"]},
	fields,
)

_on_bucket(fields) := object.union(
	{"address": "aws_s3_bucket_policy.p", "attribute": "policy", "use": "resource", "subjects": ["aws_s3_bucket.raw"]},
	fields,
)
