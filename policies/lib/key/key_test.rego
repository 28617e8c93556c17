# SPDX-License-Identifier: Apache-2.0

package lib.key_test

import data.lib.fixture
import data.lib.key

_plan := fixture.plan([
	fixture.resource("aws_kms_key", "own", {}),
	fixture.referring(fixture.resource("aws_kms_alias", "own", {}), {"target_key_id": ["aws_kms_key.own"]}),
	fixture.resource("aws_sns_topic", "other", {}),
])

_refers(to) := fixture.referring(
	fixture.unknown(fixture.resource("aws_sns_topic", "t", {}), [["kms_master_key_id"]]),
	{"kms_master_key_id": to},
)

_literal(value) := fixture.resource("aws_sns_topic", "t", {"kms_master_key_id": value})

test_own[name] if {
	some name, case in {
		"a key of the plan": {"of": _refers(["aws_kms_key.own"]), "want": {"status": "pass", "actual": "aws_kms_key.own"}},
		"an alias of the plan": {"of": _refers(["aws_kms_alias.own"]), "want": {"status": "pass", "actual": "aws_kms_alias.own"}},
		"a literal ARN": {"of": _literal("arn:k"), "want": {"status": "pass", "actual": "arn:k"}},
		"the AWS managed key": {"of": _literal("alias/aws/sns"), "want": {"status": "fail", "actual": "alias/aws/sns"}},
		"empty text": {"of": _literal(""), "want": {"status": "fail", "actual": ""}},
		"blank text": {"of": _literal(" \t"), "want": {"status": "fail", "actual": " \t"}},
		"no text": {"of": _literal(7), "want": {"status": "fail", "actual": "7"}},
		"none": {"of": fixture.resource("aws_sns_topic", "t", {}), "want": {"status": "fail", "actual": "not set"}},
		"something else": {"of": _refers(["aws_sns_topic.other"]), "want": {"status": "unknown", "actual": "known after apply"}},
	}
	key.own(case.of, ["kms_master_key_id"]) == case.want with input as _plan
}

test_keys_that_do_not_serve[name] if {
	some name, case in {
		"as made by default": ["aws_kms_key", {}, [], ["pass", "aws_kms_key.own"]],
		"as it says the default": [
			"aws_kms_key",
			{"customer_master_key_spec": "SYMMETRIC_DEFAULT", "key_usage": "ENCRYPT_DECRYPT", "is_enabled": true},
			[],
			["pass", "aws_kms_key.own"],
		],
		"asymmetric": [
			"aws_kms_key",
			{"customer_master_key_spec": "RSA_2048"},
			[],
			["fail", "customer_master_key_spec of aws_kms_key.own is RSA_2048"],
		],
		"for signing": ["aws_kms_key", {"key_usage": "SIGN_VERIFY"}, [], ["fail", "key_usage of aws_kms_key.own is SIGN_VERIFY"]],
		"disabled": ["aws_kms_key", {"is_enabled": false}, [["key_usage"]], ["fail", "is_enabled of aws_kms_key.own is false"]],
		"not known for what": ["aws_kms_key", {}, [["key_usage"]], ["unknown", "key_usage of aws_kms_key.own known after apply"]],
		"imported": ["aws_kms_external_key", {"enabled": true, "valid_to": ""}, [], ["pass", "aws_kms_external_key.own"]],
		"imported and expiring": [
			"aws_kms_external_key",
			{"valid_to": "2027-01-01T00:00:00Z"},
			[],
			["fail", "valid_to of aws_kms_external_key.own is 2027-01-01T00:00:00Z"],
		],
		"imported and disabled": [
			"aws_kms_external_key",
			{"enabled": false},
			[],
			["fail", "enabled of aws_kms_external_key.own is false"],
		],
		"a copy that is disabled": [
			"aws_kms_replica_key",
			{"enabled": false},
			[],
			["fail", "enabled of aws_kms_replica_key.own is false"],
		],
	}
	plan := fixture.plan([fixture.unknown(fixture.resource(case[0], "own", case[1]), case[2])])
	found := key.own(_refers([$"{case[0]}.own"]), ["kms_master_key_id"]) with input as plan
	[found.status, found.actual] == case[3]
}

test_a_key_that_does_not_serve_is_seen_behind_an_alias_and_a_literal if {
	plan := fixture.plan([
		fixture.resource("aws_kms_key", "own", {"is_enabled": false}),
		fixture.unknown(fixture.resource("aws_kms_key", "other", {}), [["is_enabled"]]),
		fixture.referring(fixture.resource("aws_kms_alias", "own", {}), {"target_key_id": ["aws_kms_key.own"]}),
	])
	literal := fixture.referring(_literal("arn:k"), {"kms_master_key_id": ["aws_kms_key.other", "aws_kms_alias.own"]})
	key.own(literal, ["kms_master_key_id"]).status == "fail" with input as plan
}

test_of_several_keys_one_that_surely_does_not_serve_decides if {
	plan := fixture.plan([
		fixture.unknown(fixture.resource("aws_kms_key", "a", {}), [["is_enabled"]]),
		fixture.resource("aws_kms_key", "b", {"is_enabled": false}),
	])
	found := key.own(_refers(["aws_kms_key.a", "aws_kms_key.b"]), ["kms_master_key_id"]) with input as plan
	found == {"status": "fail", "actual": "is_enabled of aws_kms_key.b is false"}
}

test_of_several_keys_that_do_not_serve_the_first_by_its_text_is_named if {
	plan := fixture.plan([fixture.resource("aws_kms_key", name, {"is_enabled": false, "key_usage": "SIGN_VERIFY"}) | some name in ["b", "a", "c"]])
	found := key.own(_refers([$"aws_kms_key.{name}" | some name in ["c", "a", "b"]]), ["kms_master_key_id"]) with input as plan
	found == {"status": "fail", "actual": "is_enabled of aws_kms_key.a is false"}
}

test_identities[name] if {
	some name, case in {
		"a key": {"of": _refers(["aws_kms_key.own"]), "want": {"aws_kms_key.own"}},
		"the key behind an alias": {"of": _refers(["aws_kms_alias.own"]), "want": {"aws_kms_key.own"}},
		"the key behind an alias named by a literal": {
			"of": fixture.referring(_literal("alias/own"), {"kms_master_key_id": ["aws_kms_alias.own"]}),
			"want": {"aws_kms_key.own"},
		},
		"literal text": {"of": _literal("arn:k"), "want": {"arn:k"}},
		"not to be told": {"of": _refers(["aws_sns_topic.other"]), "want": set()},
	}
	key.identities(case.of, ["kms_master_key_id"]) == case.want with input as _plan
}

test_keys_of_a_bucket if {
	plan := fixture.plan([
		fixture.bucket("raw", {}),
		fixture.part("aws_s3_bucket_server_side_encryption_configuration", "raw", "raw", {"rule": [{
			"apply_server_side_encryption_by_default": [{"kms_master_key_id": "arn:k"}],
		}]}),
	])
	key.of_bucket("aws_s3_bucket.raw") == {"arn:k"} with input as plan
}

test_keys_of_every_kind_by_reference[type] if {
	some type in ["aws_kms_key", "aws_kms_alias", "aws_kms_external_key", "aws_kms_replica_key"]
	of := fixture.resource(type, "it", {})
	key.own(_refers([fixture.address(of)]), ["kms_master_key_id"]).status == "pass" with input as fixture.plan([of])
}
