# SPDX-License-Identifier: Apache-2.0

package lib.grant_test

import data.lib.fixture
import data.lib.grant

test_identity_answer[name] if {
	some name, case in {
		"granted": {"policy": _policy({"actions": ["s3:putbucketversioning"]}), "status": "fail"},
		"granted by wildcard": {"policy": _policy({"actions": ["s3:put*"]}), "status": "fail"},
		"not granted": {"policy": _policy({"actions": ["s3:getobject"]}), "status": "pass"},
		"resources of another service": {
			"policy": _policy({"actions": ["*"], "resources": ["arn:aws:dynamodb:eu-west-1:111122223333:table/x"]}),
			"status": "pass",
		},
		"resources of S3": {"policy": _policy({"actions": ["*"], "resources": ["arn:aws:s3:::x"]}), "status": "fail"},
		"any service": {"policy": _policy({"actions": ["*"], "resources": ["arn:aws:*:::x"]}), "status": "fail"},
		"any partition": {"policy": _policy({"actions": ["*"], "resources": ["arn:*:s3:::x"]}), "status": "fail"},
		"a cut ARN": {"policy": _policy({"actions": ["*"], "resources": ["arn:*"]}), "status": "fail"},
		"a reference": {"policy": _policy({"actions": ["*"], "resources": ["${aws_s3_bucket.raw.arn}"]}), "status": "fail"},
		"everything but": {"policy": _policy({"actions": ["*"], "resources": [], "notResources": ["arn:aws:s3:::x"]}), "status": "fail"},
		"resources not known": {"policy": _policy({"actions": ["s3:*"], "resources": [], "partial": true}), "status": "fail"},
		"harmless, resources not known": {"policy": _policy({"actions": ["s3:getobject"], "resources": [], "partial": true}), "status": "pass"},
		"nothing known": {"policy": _policy({"actions": [], "resources": [], "partial": true}), "status": "unknown"},
		"text not to be had": {"policy": object.union(_policy({}), {"origin": "unknown"}), "status": "unknown"},
		"AWS-managed administrator": {"policy": _managed("AdministratorAccess"), "status": "fail"},
		"AWS-managed and limited": {"policy": _managed("SecurityAudit"), "status": "pass"},
		"AWS-managed, not in the table": {"policy": _managed("SomethingNew"), "status": "unknown"},
		"denied again": {"policy": _denied_again, "status": "pass"},
		"three parts of another service": {"policy": _policy({"actions": ["*"], "resources": ["arn:aws:ec2"]}), "status": "pass"},
	}
	plan := fixture.with_policies(_resources, [case.policy])
	grant.identity_answer(plan.policies[0], ["s3:putbucketversioning"], "s3").status == case.status with input as plan
}

test_identity_policies_leave_out_deploy_roles_and_deleted_policies if {
	plan := fixture.with_policies(_resources, [
		_policy({}),
		object.union(_policy({}), {"subjects": ["aws_iam_role.deploy"]}),
		object.union(_policy({}), {"subjects": []}),
		object.union(_policy({}), {"subjects": ["aws_iam_role.deploy", "aws_iam_role.job"]}),
		object.union(_policy({}), {"use": "boundary"}),
		object.union(_policy({}), {"address": "aws_iam_role_policy.gone"}),
	])
	[policy.subjects | some policy in grant.identity_policies] == [
		["aws_iam_role.job"], [],
		["aws_iam_role.deploy", "aws_iam_role.job"],
	] with input as plan
}

test_resource_policies_are_those_of_the_types if {
	plan := fixture.with_policies(_resources, [_on_bucket({}), object.union(_on_bucket({}), {"address": "aws_kms_key.k"})])
	[policy.address | some policy in grant.resource_policies({"aws_s3_bucket_policy"})] == ["aws_s3_bucket_policy.raw"] with input as plan
}

test_resource_answer[name] if {
	some name, case in {
		"a stranger": {"principals": [{"type": "AWS", "value": "arn:aws:iam::444455556666:root"}], "status": "fail"},
		"everyone": {"principals": [{"type": "*", "value": "*"}], "status": "fail"},
		"the deploy role by ARN": {"principals": [{"type": "AWS", "value": "arn:aws:iam::111122223333:role/deploy"}], "status": "pass"},
		"the deploy role by reference": {"principals": [{"type": "AWS", "value": "${aws_iam_role.deploy.arn}"}], "status": "pass"},
	}
	plan := fixture.with_policies(_resources, [_on_bucket({"principals": case.principals})])
	grant.resource_answer(plan.policies[0], ["s3:putbucketversioning"], set()).status == case.status with input as plan
}

test_everyone_but_is_a_stranger if {
	plan := fixture.with_policies(_resources, [_on_bucket({"notPrincipals": [{"type": "AWS", "value": "111122223333"}]})])
	grant.resource_answer(plan.policies[0], ["s3:putbucketversioning"], set()).status == "fail" with input as plan
}

test_the_account_root_is_trusted_only_where_said[root] if {
	some root in ["111122223333", "arn:aws:iam::111122223333:root", "arn:aws-cn:iam::111122223333:root"]
	plan := fixture.with_policies(_resources, [_on_bucket({"principals": [{"type": "AWS", "value": root}]})])
	grant.resource_answer(plan.policies[0], ["s3:putbucketversioning"], {"account root"}).status == "pass" with input as plan
	grant.resource_answer(plan.policies[0], ["s3:putbucketversioning"], set()).status == "fail" with input as plan
}

_resources := fixture.plan([
	fixture.resource("aws_iam_role", "job", {"name": "job"}),
	fixture.resource("aws_iam_role", "deploy", {"name": "deploy"}),
	fixture.resource("aws_iam_role_policy", "p", {}),
	fixture.deleted(fixture.resource("aws_iam_role_policy", "gone", {})),
	fixture.resource("aws_s3_bucket_policy", "raw", {}),
	fixture.resource("aws_kms_key", "k", {}),
])

_policy(statement) := {
	"address": "aws_iam_role_policy.p",
	"attribute": "policy",
	"use": "identity",
	"subjects": ["aws_iam_role.job"],
	"statements": [fixture.statement(object.union({"resources": ["*"]}, statement))],
}

_managed(name) := {
	"address": "aws_iam_role_policy.p",
	"attribute": "policy_arn",
	"use": "identity",
	"origin": "aws-managed",
	"arn": $"arn:aws:iam::aws:policy/{name}",
	"subjects": ["aws_iam_role.job"],
	"statements": [],
}

_denied_again := object.union(_policy({}), {"statements": [
	fixture.statement({"actions": ["s3:*"], "resources": ["*"]}),
	fixture.statement({"effect": "Deny", "actions": ["s3:putbucketversioning"], "resources": ["*"]}),
]})

_on_bucket(statement) := {
	"address": "aws_s3_bucket_policy.raw",
	"attribute": "policy",
	"use": "resource",
	"subjects": ["aws_s3_bucket.raw"],
	"statements": [fixture.statement(object.union({"actions": ["s3:putbucketversioning"], "resources": ["*"]}, statement))],
}
