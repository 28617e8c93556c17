# SPDX-License-Identifier: Apache-2.0

package lib.duty_test

import data.lib.duty
import data.lib.fixture

test_a_principal_by_all_roles_that_it_may_take[name] if {
	some name, case in {
		"one role": [{"a": [_ann]}, {"a": _writes, "b": _signs}, {}],
		"two roles of one duty": [{"a": [_ann], "b": [_ann]}, {"a": _writes, "b": _writes}, {}],
		"two roles of two duties": [{"a": [_ann], "b": [_ann]}, {"a": _writes, "b": _signs}, {r: $"{_ann}: signing and writing records" | some r in ["a", "b"]}],
		"two roles, two people": [{"a": [_ann], "b": [_bob]}, {"a": _writes, "b": _signs}, {}],
		"two of three people": [{"a": [_ann, _bob], "b": [_bob]}, {"a": _writes, "b": _signs}, {r: $"{_bob}: signing and writing records" | some r in ["a", "b"]}],
		"reading of two kinds": [{"a": [_ann], "b": [_ann]}, {"a": _reads_raw, "b": _reads_arms}, {r: $"{_ann}: reading blinded and unblinded records" | some r in ["a", "b"]}],
		"an account": [{"a": [_root], "b": [_root]}, {"a": _writes, "b": _signs}, {}],
		"an account by its number": [{"a": ["111122223333"], "b": ["111122223333"]}, {"a": _writes, "b": _signs}, {}],
		"a wildcard": [{"a": ["arn:aws:iam::111122223333:role/*"], "b": ["arn:aws:iam::111122223333:role/*"]}, {"a": _writes, "b": _signs}, {}],
		"who deploys": [{"a": [_deployer], "b": [_deployer]}, {"a": _writes, "b": _signs}, {}],
		"a role of the plan that takes another": [{"b": ["arn:aws:iam::111122223333:role/a"]}, {"a": _writes, "b": _signs}, {"b": "aws_iam_role.a: signing and writing records"}],
		"a role of the plan that takes promotion's": [{"ingest": ["arn:aws:iam::111122223333:role/a"]}, {"a": _reads_raw, "ingest": object.union(_reads_arms, {})}, {"ingest": "aws_iam_role.a: reading blinded and unblinded records"}],
	}
	_failures(_plan(case[0], case[1], [])) == {[$"aws_iam_role.{role}", "assume_role_policy", actual] | some role, actual in case[2]}
}

test_who_takes_a_role_is_named_when_it_passes if {
	passed := {[one.address, one.attribute, one.status, one.actual] | some one in duty.answers with input as _plan({"a": [_bob, _ann]}, {"a": _writes}, [])}
	passed == {["aws_iam_role.a", "assume_role_policy", "pass", $"{_ann}, {_bob}"]}
}

test_services_take_roles_and_are_nobody if {
	plan := fixture.with_policies(_base, [{
		"address": "aws_iam_role.a", "attribute": "assume_role_policy", "use": "trust", "subjects": ["aws_iam_role.a"],
		"statements": [fixture.statement({"actions": ["sts:assumerole"], "principals": [{"type": "Service", "value": "lambda.amazonaws.com"}]})],
	}])
	duty.answers == set() with input as plan
}

test_a_trust_policy_that_is_not_known_is_unknown_where_the_role_has_a_duty if {
	dark := [{"address": $"aws_iam_role.{role}", "attribute": "assume_role_policy", "use": "trust", "origin": "unknown", "subjects": [$"aws_iam_role.{role}"], "statements": []} | some role in ["a", "b"]]
	found := {[one.address, one.attribute, one.status] | some one in duty.answers with input as fixture.with_policies(_base, array.concat(dark, [_own("a", _writes)]))}
	found == {["aws_iam_role.a", "assume_role_policy", "unknown"]}
}

# ---- resource policies ----------------------------------------------------------------------------------------------

test_a_principal_by_resource_policies[name] if {
	some name, case in {
		"reads one kind": [{}, {}, [_on("raw", _ann, ["s3:getobject"])], set()],
		"reads both kinds": [
			{}, {},
			[_on("raw", _ann, ["s3:getobject"]), _on("arms", _ann, ["s3:getobjectversion"])],
			{[$"aws_s3_bucket_policy.{name}", "policy", $"{_ann}: reading blinded and unblinded records"] | some name in ["raw", "arms"]},
		],
		"reads one by a role, the other by the bucket": [
			{"a": [_ann]}, {"a": _reads_raw},
			[_on("arms", _ann, ["s3:getobject"])],
			{["aws_s3_bucket_policy.arms", "policy", $"{_ann}: reading blinded and unblinded records"], ["aws_iam_role.a", "assume_role_policy", $"{_ann}: reading blinded and unblinded records"]},
		],
		"writes, and sets locks": [
			{}, {},
			[_on("raw", _ann, ["s3:putobject", "s3:putobjectretention"])],
			{["aws_s3_bucket_policy.raw", "policy", $"{_ann}: lock, key or policy administration and writing records"]},
		],
		"two people": [{}, {}, [_on("raw", _ann, ["s3:getobject"]), _on("arms", _bob, ["s3:getobject"])], set()],
		"an account": [{}, {}, [_on("raw", _root, ["s3:getobject"]), _on("arms", _root, ["s3:getobject"])], set()],
		"a key's administrator": [{}, {}, [_on_key("data", _ann, ["kms:*"])], set()],
		"a signing key's administrator": [
			{}, {},
			[_on_key("sign", _ann, ["kms:*"])],
			{["aws_kms_key.sign", "policy", $"{_ann}: lock, key or policy administration and signing"]},
		],
		"a key's administrator who signs": [
			{"a": [_ann]}, {"a": _signs},
			[_on_key("data", _ann, ["kms:*"])],
			{["aws_kms_key.data", "policy", $"{_ann}: lock, key or policy administration and signing"], ["aws_iam_role.a", "assume_role_policy", $"{_ann}: lock, key or policy administration and signing"]},
		],
	}
	_failures(_plan(case[0], case[1], case[2])) == case[3]
}

test_keys_of_every_kind_encrypt[type] if {
	some type in ["aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"]
	of := fixture.resource(type, "k", {})
	policy := object.union(_on_key("k", _ann, ["kms:*"]), {"address": fixture.address(of), "subjects": [fixture.address(of)]})
	_failures(fixture.with_policies(fixture.plan([of]), [policy])) == set()
}

# ---- the plan -------------------------------------------------------------------------------------------------------

_failures(plan) := {[one.address, one.attribute, one.actual] |
	some one in duty.answers with input as plan
	one.status != "pass"
}

_plan(takers, rights, others) := fixture.with_policies(_base, array.concat(
	array.concat([_trust(role, who) | some role, who in takers], [_own(role, said) | some role, said in rights]),
	others,
))

_base := fixture.with_settings(
	fixture.plan([
		fixture.tagged_bucket("raw", "record"),
		fixture.bucket("arms", {"tags": {"BucketRole": "record", "Blinding": "unblinded"}}),
		fixture.resource("aws_kms_key", "data", {}),
		fixture.resource("aws_kms_key", "sign", {"key_usage": "SIGN_VERIFY"}),
		fixture.resource("aws_iam_role", "a", {"name": "a", "path": "/"}),
		fixture.resource("aws_iam_role", "b", {"name": "b", "path": "/"}),
		fixture.resource("aws_iam_role", "ingest", {"name": "ingest", "path": "/", "tags": {"Part11Role": "ingest"}}),
	]),
	{"deployRoleArns": ["arn:aws:iam::111122223333:role/deploy"]},
)

_ann := "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ann_1"

_bob := "arn:aws:iam::111122223333:user/bob"

_root := "arn:aws:iam::111122223333:root"

_deployer := "arn:aws:iam::111122223333:role/deploy"

_writes := {"actions": ["s3:putobject"], "resources": ["arn:aws:s3:::raw/*"]}

_signs := {"actions": ["kms:sign"], "resources": ["*"]}

_reads_raw := {"actions": ["s3:getobject"], "resources": ["arn:aws:s3:::raw/*"]}

_reads_arms := {"actions": ["s3:getobject"], "resources": ["arn:aws:s3:::arms/*"]}

_trust(role, who) := {
	"address": $"aws_iam_role.{role}", "attribute": "assume_role_policy", "use": "trust", "subjects": [$"aws_iam_role.{role}"],
	"statements": [fixture.statement({"actions": ["sts:assumerole"], "principals": [{"type": "AWS", "value": one} | some one in who]})],
}

_own(role, said) := {
	"address": $"aws_iam_role_policy.{role}", "attribute": "policy", "use": "identity", "subjects": [$"aws_iam_role.{role}"],
	"statements": [fixture.statement(said)],
}

_on(name, who, actions) := {
	"address": $"aws_s3_bucket_policy.{name}", "attribute": "policy", "use": "resource", "subjects": [$"aws_s3_bucket.{name}"],
	"statements": [fixture.statement({"actions": actions, "resources": [$"arn:aws:s3:::{name}/*"], "principals": [{"type": "AWS", "value": who}]})],
}

_on_key(name, who, actions) := {
	"address": $"aws_kms_key.{name}", "attribute": "policy", "use": "resource", "subjects": [$"aws_kms_key.{name}"],
	"statements": [fixture.statement({"actions": actions, "resources": ["*"], "principals": [{"type": "AWS", "value": who}]})],
}
