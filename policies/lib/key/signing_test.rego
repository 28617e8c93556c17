# SPDX-License-Identifier: Apache-2.0

package lib.key_signing_test

import data.lib.fixture
import data.lib.key

test_signing_keys[name] if {
	some name, case in {
		"made for signing": [fixture.resource("aws_kms_key", "k", {"key_usage": "SIGN_VERIFY"}), {_key}],
		"made for what is not known": [fixture.unknown(fixture.resource("aws_kms_key", "k", {}), [["key_usage"]]), {_key}],
		"tagged": [fixture.resource("aws_kms_key", "k", {"tags": {"Part11Role": "sign"}}), {_key}],
		"made for encryption": [fixture.resource("aws_kms_key", "k", {"key_usage": "ENCRYPT_DECRYPT"}), set()],
		"nothing said": [fixture.resource("aws_kms_key", "k", {}), set()],
		"deleted": [fixture.deleted(fixture.resource("aws_kms_key", "k", {"key_usage": "SIGN_VERIFY"})), set()],
	}
	key.signing == case[1] with input as fixture.plan([case[0]])
}

test_a_statement_that_lets_a_key_sign[name] if {
	some name, case in {
		"its own policy": [{"use": "resource", "subjects": [_key], "statements": [_sign({"resources": ["*"]})]}, {_key}],
		"its own policy lets do everything": [
			{"use": "resource", "subjects": [_key], "statements": [fixture.statement({"actions": ["kms:*"], "resources": ["*"]})]},
			set(),
		],
		"a role's policy": [{"use": "identity", "subjects": [], "statements": [_sign({"refs": [_key]})]}, {_key}],
		"a role's policy for all but the key": [
			{"use": "identity", "subjects": [], "statements": [_sign({"refs": [_key], "notResources": ["${aws_kms_key.k.arn}"]})]},
			set(),
		],
		"a boundary": [{"use": "boundary", "subjects": [], "statements": [_sign({"refs": [_key]})]}, set()],
		"a role's trust": [{"use": "trust", "subjects": [_key], "statements": [_sign({})]}, set()],
		"a Deny": [{"use": "resource", "subjects": [_key], "statements": [_sign({"effect": "Deny"})]}, set()],
		"something else named": [{"use": "identity", "subjects": [], "statements": [_sign({"refs": ["aws_iam_role.r"]})]}, set()],
	}
	policy := object.union({"address": "aws_iam_role_policy.p", "attribute": "policy"}, case[0])
	plan := fixture.plan([fixture.resource("aws_kms_key", "k", {}), fixture.resource("aws_iam_role", "r", {})])
	key.signing == case[1] with input as fixture.with_policies(plan, [policy])
}

test_copies_of_a_signing_key[name] if {
	copy := fixture.unknown(fixture.resource("aws_kms_replica_key", "c", {}), [["primary_key_arn"]])
	some name, case in {
		"of it": [fixture.referring(copy, {"primary_key_arn": [_key]}), {"aws_kms_replica_key.c"}],
		"of some instance": [fixture.ambiguously_referring(copy, {"primary_key_arn": [_key]}), {"aws_kms_replica_key.c"}],
		"of another key": [fixture.referring(copy, {"primary_key_arn": ["aws_kms_key.other"]}), set()],
	}
	key.signing_copies == case[1] with input as fixture.plan([fixture.resource("aws_kms_key", "k", {"key_usage": "SIGN_VERIFY"}), case[0]])
}

test_touched[name] if {
	some name, case in {
		"the key": [{"resources": ["${aws_kms_key.k.arn}"], "refs": [_key]}, {_key}],
		"the key behind its alias": [{"resources": ["${aws_kms_alias.a.target_key_arn}"], "refs": ["aws_kms_alias.a"]}, {_key}],
		"another key": [{"resources": ["arn:aws:kms:r:1:key/other"], "refs": ["aws_kms_key.other"]}, set()],
		"everything": [{"resources": ["*"]}, {_key}],
		"every key": [{"resources": ["arn:aws:kms:*:*:key/*"]}, {_key}],
		"every key of KMS, written out": [{"resources": ["arn:aws:kms:r:1:*"]}, {_key}],
		"any service": [{"resources": ["arn:aws:k*:r:1:x"]}, {_key}],
		"any ARN": [{"resources": ["arn:*"]}, {_key}],
		"another service": [{"resources": ["arn:aws:s3:::*"]}, set()],
		"all but something": [{"notResources": ["arn:aws:kms:r:1:key/x"]}, {_key}],
		"not known": [{"partial": true}, set()],
		"three parts of another service": [{"resources": ["arn:*:s3"]}, set()],
	}
	alias := fixture.referring(fixture.resource("aws_kms_alias", "a", {}), {"target_key_id": [_key]})
	key.touched(fixture.statement(case[0]), {_key}) == case[1] with input as fixture.plan([fixture.resource("aws_kms_key", "k", {}), alias])
}

_key := "aws_kms_key.k"

_sign(fields) := fixture.statement(object.union({"actions": ["kms:sign"]}, fields))
