# SPDX-License-Identifier: Apache-2.0

package part11.p11_10f_03_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10f_03 as control

test_writers[name] if {
	some name, case in {
		"a role that reads passes": [_role({}), _identity(["s3:getobject"], _dags), "pass", "nobody else"],
		"a role that writes elsewhere passes": [_role({}), _identity(["s3:putobject"], "arn:aws:s3:::raw/*"), "pass", "nobody else"],
		"the role of CI writes and passes": [_role({"tags": {"Part11Role": "ci"}}), _identity(["s3:putobject"], _dags), "pass", "nobody else"],
		"another role that writes fails": [_role({"tags": {"Part11Role": "human"}}), _identity(["s3:putobject"], _dags), "fail", "aws_iam_role.r by aws_iam_role_policy.p"],
		"a role that deletes fails": [_role({}), _identity(["s3:*"], "*"), "fail", "aws_iam_role.r by aws_iam_role_policy.p"],
		"a policy of nobody in the plan fails": [
			_role({}),
			object.union(_identity(["s3:putobject"], _dags), {"subjects": []}),
			"fail",
			"a principal outside the plan by aws_iam_role_policy.p",
		],
		"an administrator fails": [
			_role({}),
			object.union(_identity([], "*"), {"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/AdministratorAccess"}),
			"fail",
			"aws_iam_role.r by aws_iam_role_policy.p",
		],
		"a text not known is unknown": [_role({}), object.union(_identity([], "*"), {"origin": "unknown", "statements": []}), "unknown", "aws_iam_role_policy.p is not readable"],
		"a text not known of nobody is unknown": [
			_role({}),
			object.union(_identity([], "*"), {"origin": "unknown", "statements": [], "subjects": []}),
			"unknown",
			"aws_iam_role_policy.p is not readable",
		],
	}
	plan := fixture.with_policies(fixture.plan(array.concat(_parts, [case[0]])), [case[1]])
	control.answers == {_judged(case[2], case[3]), _versioned} with input as plan
	not control.not_applicable with input as plan
}

test_an_own_deny_takes_the_grant_away if {
	policy := object.union(_identity([], "*"), {"statements": [
		fixture.statement({"actions": ["s3:putobject"], "resources": [_dags]}),
		fixture.statement({"effect": "Deny", "actions": ["s3:put*"], "resources": ["*"]}),
	]})
	plan := fixture.with_policies(fixture.plan(array.concat(_parts, [_role({})])), [policy])
	_judged("pass", "nobody else") in control.answers with input as plan
}

test_bucket_policies[name] if {
	some name, case in {
		"the deploy role": [{"principals": [_aws("arn:aws:iam::111122223333:role/deploy")]}, "pass", "nobody else"],
		"the role of CI": [{"principals": [_aws("arn:aws:iam::111122223333:role/r")]}, "pass", "nobody else"],
		"another role": [{"principals": [_aws("arn:aws:iam::111122223333:role/x")]}, "fail", "arn:aws:iam::111122223333:role/x"],
		"everybody but some": [{"notPrincipals": [_aws("arn:aws:iam::111122223333:role/x")]}, "fail", "everybody but some"],
	}
	statement := fixture.statement(object.union({"actions": ["s3:putobject"], "resources": [_dags]}, case[0]))
	policy := {"address": "aws_s3_bucket_policy.p", "attribute": "policy", "use": "resource", "subjects": [_bucket], "statements": [statement]}
	role := _role({"tags": {"Part11Role": "ci"}})
	plan := fixture.with_policies(fixture.plan(array.concat(_parts, [role])), [policy])
	control.answers == {_judged(case[1], case[2]), _versioned} with input as plan
}

test_a_bucket_policy_not_known_is_unknown if {
	policy := {"address": "aws_s3_bucket_policy.p", "attribute": "policy", "use": "resource", "subjects": [_bucket], "origin": "unknown", "statements": []}
	control.answers == {_judged("unknown", $"{_bucket} is not readable"), _versioned} with input as fixture.with_policies(fixture.plan(_parts), [policy])
}

test_versioning_and_bucket if {
	without := [part | some part in _parts; part.type != "aws_s3_bucket_versioning"]
	failed := answer.failed(_bucket, "versioning_configuration.status", "Enabled", "not set")
	control.answers == {_judged("pass", "nobody else"), failed} with input as fixture.plan(without)
	unknown := answer.unknown("aws_mwaa_environment.a", "source_bucket_arn", "a bucket of the plan", "arn:aws:s3:::dags")
	control.answers == {unknown} with input as fixture.plan([_parts[0]])
}

test_not_applicable if {
	plan := fixture.plan([_role({})])
	control.not_applicable == "no Airflow environment in the plan" with input as plan
	control.answers == set() with input as plan
}

_parts := [
	fixture.resource("aws_mwaa_environment", "a", {"source_bucket_arn": "arn:aws:s3:::dags"}),
	fixture.bucket("dags", {}),
	fixture.part("aws_s3_bucket_versioning", "dags", "dags", {"versioning_configuration": [{"status": "Enabled"}]}),
]

_role(values) := fixture.resource("aws_iam_role", "r", object.union({"name": "r", "path": "/"}, values))

_identity(actions, resource) := {
	"address": "aws_iam_role_policy.p",
	"attribute": "policy",
	"use": "identity",
	"subjects": ["aws_iam_role.r"],
	"statements": [fixture.statement({"actions": actions, "resources": [resource]})],
}

_aws(arn) := {"type": "AWS", "value": arn}

_judged(status, actual) := {"address": _bucket, "attribute": "policy", "status": status, "expected": "written by CI only", "actual": actual}

_versioned := answer.passed("aws_s3_bucket_versioning.dags", "versioning_configuration.status", "Enabled", "Enabled")

_bucket := "aws_s3_bucket.dags"

_dags := "arn:aws:s3:::dags/dags/*"

test_each_way_to_write_fails[action] if {
	some action in ["s3:deleteobject", "s3:deleteobjectversion", "s3:putobject", "s3:replicateobject"]
	plan := fixture.with_policies(fixture.plan(array.concat(_parts, [_role({})])), [_identity([action], _dags)])
	_judged("fail", "aws_iam_role.r by aws_iam_role_policy.p") in control.answers with input as plan
}
