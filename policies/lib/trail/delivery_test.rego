# SPDX-License-Identifier: Apache-2.0

package lib.trail_delivery_test

import data.lib.fixture
import data.lib.trail

test_obstacles[name] if {
	some name, case in {
		"none": [[_acl({}), _put({})], set()],
		"everybody let in": [[_acl({"principals": _everybody}), _put({"principals": _everybody})], set()],
		"no ACL": [[_put({})], {"s3:GetBucketAcl is not allowed to it"}],
		"the ACL of another bucket": [[_acl({"resources": ["arn:aws:s3:::other"]}), _put({})], {"s3:GetBucketAcl is not allowed to it"}],
		"no put": [[_acl({})], {"s3:PutObject is not allowed to it"}],
		"put elsewhere": [[_acl({}), _put({"resources": ["arn:aws:s3:::audit/other/*"]})], {"s3:PutObject is not allowed to it"}],
		"another service": [[_acl({}), _put({"principals": _service("config.amazonaws.com")})], {"s3:PutObject is not allowed to it"}],
		"this trail": [[_acl({}), _put(_from("ArnEquals", ["arn:aws:cloudtrail:r:1:trail/t"]))], set()],
		"trails like it": [[_acl({}), _put(_from("ArnLike", ["arn:aws:cloudtrail:*:1:trail/*"]))], set()],
		"any source": [[_acl({}), _put(_from("ArnLike", ["arn:aws:cloudtrail:*"]))], set()],
		"a source not known": [[_acl({}), _put(_from("ArnLike", ["arn:aws:cloudtrail:r:1:trail/${var.trail}"]))], set()],
		"another trail": [[_acl({}), _put(_from("ArnEquals", ["arn:aws:cloudtrail:r:1:trail/other"]))], {"s3:PutObject is not allowed to it"}],
		"another trail, by the other operator of ARNs": [[_acl({}), _put(_from("ArnLike", ["arn:aws:cloudtrail:r:1:trail/other"]))], {"s3:PutObject is not allowed to it"}],
		"another trail, by text": [[_acl({}), _put(_from("StringEquals", ["arn:aws:cloudtrail:r:1:trail/other"]))], {"s3:PutObject is not allowed to it"}],
		"another trail, by a pattern of text": [[_acl({}), _put(_from("StringLike", ["arn:aws:cloudtrail:*:1:trail/other"]))], {"s3:PutObject is not allowed to it"}],
		"another trail, in a condition on something else": [
			[_acl({}), _put({"conditions": [{"operator": "StringEquals", "key": "aws:principaltag/for", "values": ["arn:aws:cloudtrail:r:1:trail/other"]}]})],
			set(),
		],
		"all but another trail": [[_acl({}), _put(_from("ArnNotEquals", ["arn:aws:cloudtrail:r:1:trail/other"]))], set()],
		"denied": [[_acl({}), _put({}), _deny({})], {"s3:PutObject is denied to it"}],
		"the ACL denied": [
			[_acl({}), _put({}), _deny({"actions": ["s3:getbucketacl"], "resources": ["arn:aws:s3:::audit"]})],
			{"s3:GetBucketAcl is denied to it"},
		],
		"denied elsewhere": [[_acl({}), _put({}), _deny({"resources": ["arn:aws:s3:::audit/other/*"]})], set()],
		"denied to roles": [[_acl({}), _put({}), _deny({"principals": [{"type": "AWS", "value": "arn:aws:iam::1:root"}]})], set()],
		"denied to all but a role": [
			[_acl({}), _put({}), _deny({"principals": [], "notPrincipals": [{"type": "AWS", "value": "arn:aws:iam::1:role/r"}]})],
			{"s3:PutObject is denied to it"},
		],
		"denied to all but it": [[_acl({}), _put({}), _deny({"principals": [], "notPrincipals": _service("cloudtrail.amazonaws.com")})], set()],
		"denied to services": [
			[_acl({}), _put({}), _deny({"conditions": [{"operator": "Bool", "key": "aws:principalisawsservice", "values": ["true"]}]})],
			{"s3:PutObject is denied to it"},
		],
		"denied to services if it is told": [
			[_acl({}), _put({}), _deny({"conditions": [{"operator": "BoolIfExists", "key": "aws:principalisawsservice", "values": ["true"]}]})],
			{"s3:PutObject is denied to it"},
		],
		"denied to others than services": [
			[_acl({}), _put({}), _deny({"conditions": [{"operator": "Bool", "key": "aws:principalisawsservice", "values": ["false"]}]})],
			set(),
		],
	}
	found := trail.obstacles("aws_cloudtrail.t", _audit) with input as _plan({"name": "t", "s3_key_prefix": "org"}, case[0])
	found == case[1]
}

test_where_it_puts[name] if {
	some name, case in {
		"below its prefix": [fixture.resource("aws_cloudtrail", "t", {"s3_key_prefix": "org"}), {"s3:PutObject is denied to it"}],
		"without prefix": [fixture.resource("aws_cloudtrail", "t", {"s3_key_prefix": ""}), set()],
		"below a prefix not known": [fixture.unknown(fixture.resource("aws_cloudtrail", "t", {}), [["s3_key_prefix"]]), {"s3:PutObject is denied to it"}],
	}
	plan := fixture.with_policies(
		fixture.plan([fixture.tagged_bucket("audit", "audit"), case[0]]),
		[_policy([_acl({}), _put({"resources": ["arn:aws:s3:::audit/*"]}), _deny({"resources": ["arn:aws:s3:::audit/org/*"]})])],
	)
	trail.obstacles("aws_cloudtrail.t", _audit) == case[1] with input as plan
}

test_where_it_must_be_let_in_without_prefix[name] if {
	some name, case in {
		"not set": [{"name": "t"}, "arn:aws:s3:::audit/AWSLogs/111122223333/*", set()],
		"empty": [{"name": "t", "s3_key_prefix": ""}, "arn:aws:s3:::audit/AWSLogs/111122223333/*", set()],
		"let in below a prefix": [{"name": "t"}, "arn:aws:s3:::audit/org/AWSLogs/*", {"s3:PutObject is not allowed to it"}],
	}
	found := trail.obstacles("aws_cloudtrail.t", _audit) with input as _plan(case[0], [_acl({}), _put({"resources": [case[1]]})])
	found == case[2]
}

test_a_trail_whose_name_is_not_known_may_be_the_one if {
	policies := [_acl({}), _put(_from("ArnEquals", ["arn:aws:cloudtrail:r:1:trail/other"]))]
	found := trail.obstacles("aws_cloudtrail.t", _audit) with input as _plan({"s3_key_prefix": "org"}, policies)
	found == set()
}

test_groups_that_a_role_may_write[name] if {
	some name, case in {
		"by name": [{"resources": ["arn:aws:logs:r:1:log-group:g:log-stream:*"]}, true],
		"by pattern": [{"resources": ["arn:aws:logs:r:1:log-group:*"]}, true],
		"all of logs": [{"resources": ["arn:aws:logs:*"]}, true],
		"all of logs in one region": [{"resources": ["arn:aws:logs:r:*"]}, true],
		"all of an account": [{"resources": ["arn:aws:*:r:1:*"]}, true],
		"services that begin otherwise": [{"resources": ["arn:aws:s3*"]}, false],
		"all of another service": [{"resources": ["arn:aws:s3:*"]}, false],
		"all of AWS": [{"resources": ["arn:*"]}, true],
		"everything": [{"resources": ["*"]}, true],
		"everything but": [{"notResources": ["arn:aws:logs:r:1:log-group:other"]}, true],
		"by reference": [{"resources": ["${aws_cloudwatch_log_group.g.arn}:*"], "refs": [_group]}, true],
		"another": [{"resources": ["arn:aws:logs:r:1:log-group:other:*"]}, false],
		"another service": [{"resources": ["arn:aws:s3:::*"]}, false],
	}
	granted := fixture.statement(object.union({"actions": ["logs:*"]}, case[0]))
	plan := fixture.with_policies(
		fixture.plan([fixture.resource("aws_cloudwatch_log_group", "g", {"name": "g"}), fixture.resource("aws_iam_role", "r", {"name": "r"})]),
		[{"address": "aws_iam_role.r", "attribute": "inline_policy.policy", "use": "identity", "subjects": [_role], "statements": [granted]}],
	)
	found := trail.lacking(_role, {_group}) with input as plan
	found == set() == case[1]
}

test_a_literal_group_is_told_by_its_name if {
	granted := fixture.statement({"actions": ["logs:*"], "resources": ["arn:aws:logs:r:1:log-group:g:*"]})
	plan := fixture.with_policies(
		fixture.plan([fixture.resource("aws_iam_role", "r", {"name": "r"})]),
		[{"address": "aws_iam_role.r", "attribute": "inline_policy.policy", "use": "identity", "subjects": [_role], "statements": [granted]}],
	)
	trail.lacking(_role, {"arn:aws:logs:r:1:log-group:g:*"}) == set() with input as plan
	count(trail.lacking(_role, {"arn:aws:logs:r:1:log-group:other:*"})) == 2 with input as plan
}

# What names no group covers none, not even one whose name no group can have.
test_a_right_to_another_service_is_about_no_group_whatever_its_name if {
	granted := fixture.statement({"actions": ["logs:*"], "resources": ["arn:aws:s3:::audit"]})
	plan := fixture.with_policies(
		fixture.plan([fixture.resource("aws_iam_role", "r", {"name": "r"})]),
		[{"address": "aws_iam_role.r", "attribute": "inline_policy.policy", "use": "identity", "subjects": [_role], "statements": [granted]}],
	)
	every name in ["g", "~"] {
		count(trail.lacking(_role, {$"arn:aws:logs:r:1:log-group:{name}:*"})) == 2 with input as plan
	}
}

test_a_group_that_is_not_known_is_taken_for_the_one if {
	granted := fixture.statement({"actions": ["logs:*"], "resources": ["arn:aws:logs:r:1:log-group:x:*"]})
	plan := fixture.with_policies(
		fixture.plan([fixture.resource("aws_iam_role", "r", {"name": "r"})]),
		[{"address": "aws_iam_role.r", "attribute": "inline_policy.policy", "use": "identity", "subjects": [_role], "statements": [granted]}],
	)
	trail.lacking(_role, set()) == set() with input as plan
}

_plan(values, statements) := fixture.with_policies(
	fixture.plan([fixture.tagged_bucket("audit", "audit"), fixture.resource("aws_cloudtrail", "t", values)]),
	[_policy(statements)],
)

_policy(statements) := {"address": _audit, "attribute": "policy", "use": "resource", "subjects": [_audit], "statements": statements}

_acl(fields) := fixture.statement(object.union(
	{"principals": _service("cloudtrail.amazonaws.com"), "actions": ["s3:getbucketacl"], "resources": ["arn:aws:s3:::audit"]},
	fields,
))

_put(fields) := fixture.statement(object.union(
	{"principals": _service("cloudtrail.amazonaws.com"), "actions": ["s3:putobject"], "resources": ["arn:aws:s3:::audit/org/AWSLogs/*"]},
	fields,
))

_deny(fields) := fixture.statement(object.union(
	{"effect": "Deny", "principals": _everybody, "actions": ["s3:putobject"], "resources": ["arn:aws:s3:::audit/*"]},
	fields,
))

_from(operator, values) := {"conditions": [{"operator": operator, "key": "aws:sourcearn", "values": values}]}

_service(name) := [{"type": "Service", "value": name}]

_everybody := [{"type": "*", "value": "*"}]

_audit := "aws_s3_bucket.audit"

_group := "aws_cloudwatch_log_group.g"

_role := "aws_iam_role.r"
