# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_11_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_11 as control

test_a_role_that_may_read_both_passes if {
	control.answers == {_passed(action) | some action in _actions} with input as _plan(_by_arn, [_grant(_actions, [])])
}

test_a_role_by_reference_passes if {
	configuration := fixture.unknown(
		object.union(
			fixture.part("aws_s3_bucket_replication_configuration", "raw", "raw", {"rule": []}),
			{"refs": fixture.referring({}, {"bucket": ["aws_s3_bucket.raw"], "role": ["aws_iam_role.copy"]}).refs},
		),
		[["role"]],
	)
	control.answers == {_passed(action) | some action in _actions} with input as _plan(configuration, [_grant(_actions, [])])
}

test_answers[name] if {
	retention := _expected("s3:getobjectretention")
	hold := _expected("s3:getobjectlegalhold")
	condition := {"operator": "StringEquals", "key": "aws:sourceaccount", "values": ["1"]}
	some name, case in {
		"one missing": {
			"policies": [_grant(["s3:getobjectretention"], [])],
			"want": {answer.failed(_part, "role", hold, "not allowed"), _passed("s3:getobjectretention")},
		},
		"only under a condition": {
			"policies": [_grant(_actions, [condition])],
			"want": {answer.failed(_part, "role", hold, "not allowed"), answer.failed(_part, "role", retention, "not allowed")},
		},
		"policies not readable": {
			"policies": [object.union(_grant([], []), {"origin": "unknown"})],
			"want": {
				answer.unknown(_part, "role", hold, "its policies are not readable before apply"),
				answer.unknown(_part, "role", retention, "its policies are not readable before apply"),
			},
		},
		"boundary leaves one out": {
			"policies": [_grant(_actions, []), _boundary(["s3:getobjectretention", "s3:getobjectversionforreplication"])],
			"want": {answer.failed(_part, "role", hold, "not allowed"), _passed("s3:getobjectretention")},
		},
		"boundary allows both": {
			"policies": [_grant(_actions, []), _boundary(["s3:getobject*"])],
			"want": {_passed(action) | some action in _actions},
		},
		"boundary not readable": {
			"policies": [_grant(_actions, []), object.union(_boundary([]), {"origin": "unknown"})],
			"want": {_passed(action) | some action in _actions},
		},
	}
	control.answers == case.want with input as _plan(_by_arn, case.policies)
}

test_what_a_copy_needs_beside_is_not_taken_away[name] if {
	some name, case in {
		"the source read": ["aws_s3_bucket.raw", ["s3:getobjectversion*"], "arn:aws:s3:::raw/*", "s3:getobjectversionforreplication"],
		"the source listed": ["aws_s3_bucket.raw", ["s3:list*"], "arn:aws:s3:::raw", "s3:listbucket"],
		"its configuration read": ["aws_s3_bucket.raw", ["s3:getreplicationconfiguration"], "arn:aws:s3:::raw", "s3:getreplicationconfiguration"],
		"the copy written": ["aws_s3_bucket.copy", ["s3:replicate*"], "arn:aws:s3:::copy/*", "s3:replicateobject"],
		"the source decrypted": ["aws_kms_key.raw", ["kms:*crypt"], "*", "kms:decrypt"],
		"the copy encrypted": ["aws_kms_key.copy", ["kms:encrypt"], "*", "kms:encrypt"],
		"the copy written, by the name of the right": ["aws_s3_bucket.copy", ["s3:replicateobject"], "arn:aws:s3:::copy/*", "s3:replicateobject"],
	}
	refused := {
		"address": "aws_s3_bucket_policy.p", "attribute": "policy", "use": "resource", "subjects": [case[0]],
		"statements": [fixture.statement({
			"effect": "Deny", "actions": case[1], "resources": [case[2]],
			"principals": [{"type": "AWS", "value": "arn:aws:iam::111122223333:role/copy"}],
		})],
	}
	fails := {found | some found in control.answers; found.status == "fail"} with input as _copied([_grant(_actions, []), refused])
	fails == {answer.failed(_part, "role", $"a role that may {case[3]}", "taken away by aws_s3_bucket_policy.p")}
}

test_a_denial_takes_a_wanted_right_away if {
	refused := {
		"address": "aws_s3_bucket_policy.p", "attribute": "policy", "use": "resource", "subjects": ["aws_s3_bucket.raw"],
		"statements": [fixture.statement({
			"effect": "Deny", "actions": ["s3:getobjectretention"], "resources": ["arn:aws:s3:::raw/*"],
			"principals": [{"type": "*", "value": "*"}],
		})],
	}
	control.answers == {
		_passed("s3:getobjectlegalhold"),
		answer.failed(_part, "role", _expected("s3:getobjectretention"), "not allowed"),
	} with input as _copied([_grant(_actions, []), refused])
}

test_a_role_outside_the_plan_is_unknown if {
	configuration := object.union(_by_arn, {"values": {"role": "arn:aws:iam::111122223333:role/elsewhere"}})
	want := {answer.unknown(_part, "role", _expected(action), "the role is not in the plan") | some action in _actions}
	control.answers == want with input as _plan(configuration, [])
}

test_no_replication_is_unknown_here if {
	want := {answer.unknown("aws_s3_bucket.raw", "role", "a replication configuration", "none to judge")}
	control.answers == want with input as fixture.plan([fixture.tagged_bucket("raw", "record")])
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record, audit or evidence bucket in the plan": fixture.plan([fixture.tagged_bucket("results", "results")]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_plan(configuration, policies) := fixture.with_policies(
	fixture.plan([
		fixture.tagged_bucket("raw", "record"),
		fixture.resource("aws_iam_role", "copy", {"name": "copy", "path": "/"}),
		configuration,
	]),
	policies,
)

# With the copy in the plan, and a key for each of both.
_copied(policies) := fixture.with_policies(
	fixture.plan(array.concat(
		[
			fixture.resource("aws_iam_role", "copy", {"name": "copy", "path": "/"}),
			fixture.resource("aws_s3_bucket_policy", "p", {}),
			object.union(_by_arn, {"values": {"rule": [{"destination": [{"bucket": "arn:aws:s3:::copy"}]}]}}),
		],
		[of |
			some name in ["raw", "copy"]
			some of in [fixture.tagged_bucket(name, {"raw": "record", "copy": "replica"}[name]), fixture.resource("aws_kms_key", name, {}), _encrypted(name)]
		],
	)),
	policies,
)

_encrypted(name) := object.union(
	fixture.part("aws_s3_bucket_server_side_encryption_configuration", name, name, {"rule": [{"apply_server_side_encryption_by_default": [{}]}]}),
	{"refs": fixture.referring({}, {
		"bucket": [$"aws_s3_bucket.{name}"],
		"rule.apply_server_side_encryption_by_default.kms_master_key_id": [$"aws_kms_key.{name}"],
	}).refs},
)

_by_arn := fixture.part("aws_s3_bucket_replication_configuration", "raw", "raw", {"role": "arn:aws:iam::111122223333:role/copy"})

_grant(actions, conditions) := {
	"address": "aws_iam_role_policy.copy",
	"attribute": "policy",
	"use": "identity",
	"subjects": ["aws_iam_role.copy"],
	"statements": [fixture.statement({"actions": actions, "resources": ["arn:aws:s3:::raw/*"], "conditions": conditions})],
}

_boundary(actions) := {
	"address": "aws_iam_policy.boundary",
	"attribute": "policy",
	"use": "boundary",
	"subjects": ["aws_iam_role.copy"],
	"statements": [fixture.statement({
		"actions": array.concat(actions, ["s3:getreplicationconfiguration", "s3:listbucket"]),
		"resources": ["*"],
	})],
}

_actions := ["s3:getobjectlegalhold", "s3:getobjectretention"]

_expected(action) := $"a role that may {action} on every object of the source"

_passed(action) := answer.passed(_part, "role", _expected(action), "aws_iam_role.copy")

_part := "aws_s3_bucket_replication_configuration.raw"
