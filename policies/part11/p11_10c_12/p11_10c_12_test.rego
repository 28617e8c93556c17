# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_12_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_12 as control

test_each_weakening_action_fails[action] if {
	some action in [
		"s3:bypassgovernanceretention",
		"s3:deletebucket",
		"s3:deletebucketpolicy",
		"s3:deleteobjectversion",
		"s3:putaccesspointpolicy",
		"s3:putaccountpublicaccessblock",
		"s3:putbucketacl",
		"s3:putbucketobjectlockconfiguration",
		"s3:putbucketownershipcontrols",
		"s3:putbucketpolicy",
		"s3:putbucketpublicaccessblock",
		"s3:putbucketversioning",
		"s3:putencryptionconfiguration",
		"s3:putlifecycleconfiguration",
		"s3:putreplicationconfiguration",
	]
	want := {answer.failed(_identity, "policy", _expected, action)}
	control.answers == want with input as _plan(_policy({"actions": [action]}))
}

test_answers[name] if {
	some name, case in {
		"reading is fine": {"statement": {"actions": ["s3:getobject"]}, "status": "pass"},
		"every S3 action": {"statement": {"actions": ["s3:*"]}, "status": "fail"},
		"every action but some": {"statement": {"notActions": ["iam:*"]}, "status": "fail"},
		"a denial grants nothing": {"statement": {"effect": "Deny", "actions": ["s3:*"]}, "status": "pass"},
		"every S3 action on a bucket": {"statement": {"actions": ["s3:*"], "resources": ["arn:aws:s3:::raw"]}, "status": "fail"},
		"every S3 action on a table": {"statement": {"actions": ["s3:*"], "resources": ["arn:aws:dynamodb:eu-west-1:111122223333:table/t"]}, "status": "pass"},
	}
	plan := _plan(_policy(case.statement))
	{found.status | some found in control.answers} == {case.status} with input as plan
}

test_a_policy_that_cannot_be_read_is_unknown if {
	plan := _plan(object.union(_policy({}), {"origin": "unknown"}))
	control.answers == {answer.unknown(_identity, "policy", _expected, "not readable before apply")} with input as plan
}

test_the_deploy_role_may if {
	plan := fixture.with_policies(
		fixture.plan([fixture.resource("aws_iam_role", "deploy", {"name": "deploy", "path": "/"}), _carrier]),
		[object.union(_policy({"actions": ["s3:*"]}), {"subjects": ["aws_iam_role.deploy"]})],
	)
	control.answers == set() with input as plan
}

test_a_bucket_policy_that_grants_it_fails if {
	plan := fixture.with_policies(fixture.plan([fixture.part("aws_s3_bucket_policy", "raw", "raw", {})]), [{
		"address": "aws_s3_bucket_policy.raw",
		"attribute": "policy",
		"use": "resource",
		"subjects": ["aws_s3_bucket.raw"],
		"statements": [fixture.statement({
			"actions": ["s3:putbucketversioning"],
			"resources": ["arn:aws:s3:::raw"],
			"principals": [{"type": "AWS", "value": "arn:aws:iam::111122223333:root"}],
		})],
	}])
	want := {answer.failed("aws_s3_bucket_policy.raw", "policy", _expected, "s3:putbucketversioning")}
	control.answers == want with input as plan
}

test_no_policy_is_not_applicable if {
	control.not_applicable == "no IAM or bucket policy in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_plan(policy) := fixture.with_policies(fixture.plan([fixture.resource("aws_iam_role", "job", {"name": "job"}), _carrier]), [policy])

_carrier := fixture.resource("aws_iam_role_policy", "job", {})

_policy(statement) := {
	"address": _identity,
	"attribute": "policy",
	"use": "identity",
	"subjects": ["aws_iam_role.job"],
	"statements": [fixture.statement(object.union({"resources": ["*"]}, statement))],
}

_identity := "aws_iam_role_policy.job"

_expected := concat("", [
	"none of s3:bypassgovernanceretention, s3:deletebucket, s3:deletebucketpolicy, s3:deleteobjectversion, ",
	"s3:putaccesspointpolicy, s3:putaccountpublicaccessblock, s3:putbucketacl, s3:putbucketobjectlockconfiguration, ",
	"s3:putbucketownershipcontrols, s3:putbucketpolicy, s3:putbucketpublicaccessblock, s3:putbucketversioning, ",
	"s3:putencryptionconfiguration, s3:putlifecycleconfiguration, s3:putreplicationconfiguration",
])

test_a_policy_of_a_bucket_fails_wherever_it_stands[type] if {
	some type in ["aws_s3_access_point", "aws_s3_bucket", "aws_s3_bucket_policy"]
	carrier := fixture.resource(type, "raw", {})
	plan := fixture.with_policies(fixture.plan([carrier]), [{
		"address": fixture.address(carrier),
		"attribute": "policy",
		"use": "resource",
		"subjects": ["aws_s3_bucket.raw"],
		"statements": [fixture.statement({"actions": ["s3:putbucketacl"], "principals": [{"type": "AWS", "value": "444455556666"}]})],
	}])
	{[found.address, found.status] | some found in control.answers} == {[fixture.address(carrier), "fail"]} with input as plan
}
