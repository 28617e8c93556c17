# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_13_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_13 as control

test_statements[name] if {
	some name, case in {
		"putting passes": [[_allow(["s3:putobject"])], "pass", "s3:putobject"],
		"putting, listing a prefix and using the key pass": [
			[_allow(["s3:putobject", "s3:abortmultipartupload", "kms:generatedatakey", "kms:decrypt", "s3:getbucketlocation"]), _listing("StringLike", ["acme/*"])],
			"pass",
			"kms:decrypt, kms:generatedatakey, s3:abortmultipartupload, s3:getbucketlocation, s3:listbucket, s3:putobject",
		],
		"resources not known leave the actions": [[object.union(_allow(["s3:putobject"]), {"partial": true})], "pass", "s3:putobject"],
		"reading fails": [[_allow(["s3:putobject", "s3:getobject"])], "fail", "s3:getobject"],
		"deleting fails": [[_allow(["s3:putobject"]), _allow(["s3:deleteobject"])], "fail", "s3:deleteobject"],
		"a wildcard fails": [[_allow(["s3:put*"])], "fail", "s3:put*"],
		"reading taken away again passes": [
			[_allow(["s3:putobject", "s3:getobject"]), fixture.statement({"effect": "Deny", "actions": ["s3:get*"], "resources": ["*"]})],
			"pass",
			"s3:getobject, s3:putobject",
		],
		"everything but deleting fails": [[fixture.statement({"notActions": ["s3:deleteobject"], "resources": ["*"]})], "fail", "everything but some actions"],
		"listing without a prefix fails": [[_allow(["s3:putobject", "s3:listbucket"])], "fail", "s3:listbucket without a prefix"],
		"listing every prefix fails": [[_allow(["s3:putobject"]), _listing("StringLike", ["*"])], "fail", "s3:listbucket without a prefix"],
		"listing if there is a prefix fails": [[_allow(["s3:putobject"]), _listing("StringLikeIfExists", ["acme/*"])], "fail", "s3:listbucket without a prefix"],
		"listing with no prefix named fails": [[_allow(["s3:putobject"]), _listing("StringLike", [])], "fail", "s3:listbucket without a prefix"],
		"listing with another condition fails": [
			[_allow(["s3:putobject"]), object.union(_listing("StringLike", []), {"conditions": [_delimiter]})],
			"fail",
			"s3:listbucket without a prefix",
		],
		"no right to upload fails": [[_listing("StringEquals", ["acme/"])], "fail", "may not even upload"],
		"actions not known are unknown": [[_allow(["s3:putobject"]), fixture.statement({"partial": true})], "unknown", "rights not known"],
	}
	plan := _plan([_identity({"statements": case[0]})])
	control.answers == {_of_role(case[1], case[2])} with input as plan
	not control.not_applicable with input as plan
}

test_origins[name] if {
	some name, case in {
		"text not known": [{"origin": "unknown"}, "unknown", "rights not known"],
		"a policy of AWS": [
			{"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"},
			"fail",
			"arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess",
		],
	}
	plan := _plan([_identity(object.union({"statements": []}, case[0]))])
	control.answers == {_of_role(case[1], case[2])} with input as plan
}

test_a_bucket_policy_that_names_the_role_counts if {
	reading := fixture.statement({"principals": [{"type": "AWS", "value": "arn:aws:iam::111122223333:role/r"}], "actions": ["s3:getobject"]})
	plan := _plan([
		_identity({"statements": [_allow(["s3:putobject"])]}),
		{"address": "aws_s3_bucket_policy.p", "attribute": "policy", "use": "resource", "subjects": ["aws_s3_bucket.b"], "statements": [reading]},
	])
	control.answers == {_of_role("fail", "s3:getobject")} with input as plan
}

test_a_role_of_an_identity_provider_is_judged if {
	trusted := fixture.statement({"principals": [{"type": "Service", "value": "transfer.amazonaws.com"}], "actions": ["sts:assumerole"]})
	plan := fixture.with_policies(fixture.plan([_role]), [
		{"address": "aws_iam_role.r", "attribute": "assume_role_policy", "use": "trust", "subjects": ["aws_iam_role.r"], "statements": [trusted]},
		_identity({"statements": [_allow(["s3:*"])]}),
	])
	control.answers == {_of_role("fail", "s3:*")} with input as plan
}

test_a_role_that_trusts_nobody_knows_whom_is_unknown[name] if {
	some name, case in {
		"a server with an identity provider": ["AWS_LAMBDA", {"aws_iam_role.r"}],
		"a server whose users are in the plan": ["SERVICE_MANAGED", set()],
	}
	plan := fixture.with_policies(fixture.plan([_role, fixture.resource("aws_transfer_server", "s", {"identity_provider_type": case[0]})]), [{
		"address": "aws_iam_role.r",
		"attribute": "assume_role_policy",
		"use": "trust",
		"subjects": ["aws_iam_role.r"],
		"statements": [],
		"origin": "unknown",
	}])
	control.answers == {answer.unknown(role, "assume_role_policy", _expected, "whom it trusts is not known") | some role in case[1]} with input as plan
}

test_a_role_of_another_plan_is_unknown if {
	user := fixture.resource("aws_transfer_user", "u", {"role": "arn:aws:iam::111122223333:role/other"})
	control.answers == {answer.unknown("aws_transfer_user.u", "role", _expected, "a role of another plan")} with input as fixture.plan([user])
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no role of an SFTP session in the plan": fixture.plan([_role, fixture.resource("aws_transfer_access", "a", {})]),
		"does not apply in laboratory": fixture.in_environment(
			fixture.plan([_user, _role, fixture.resource("aws_transfer_user", "other", {"role": "arn:aws:iam::111122223333:role/other"})]),
			"laboratory",
		),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_plan(policies) := fixture.with_policies(fixture.plan([_user, _role]), policies)

_user := fixture.referring(fixture.unknown(fixture.resource("aws_transfer_user", "u", {}), [["role"]]), {"role": ["aws_iam_role.r"]})

_role := fixture.resource("aws_iam_role", "r", {"name": "r"})

_identity(fields) := object.union({"address": "aws_iam_role_policy.p", "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.r"]}, fields)

_allow(actions) := fixture.statement({"actions": actions, "resources": ["arn:aws:s3:::inbox/acme/*"]})

_listing(operator, prefixes) := fixture.statement({
	"actions": ["s3:listbucket"],
	"resources": ["arn:aws:s3:::inbox"],
	"conditions": [{"operator": operator, "key": "s3:prefix", "values": prefixes}],
})

_delimiter := {"operator": "StringEquals", "key": "s3:delimiter", "values": ["acme/"]}

_of_role(status, actual) := {"address": "aws_iam_role.r", "attribute": "policy", "status": status, "expected": _expected, "actual": actual}

_expected := "uploading and nothing else"
