# SPDX-License-Identifier: Apache-2.0

package part11.p11_30_04_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_30_04 as control

test_answers[name] if {
	some name, case in {
		"a key of its own passes": ["arn:audit", "arn:raw", {answer.passed(_audit, _attribute, _expected, "arn:audit")}],
		"a record's key fails": ["arn:raw", "arn:raw", {answer.failed(_audit, _attribute, _expected, "arn:raw")}],
		"no key fails": [null, "arn:raw", {answer.failed(_audit, _attribute, _expected, "not set")}],
	}
	plan := fixture.plan([
		fixture.tagged_bucket("audit", "audit"),
		_encryption("audit", case[0]),
		fixture.tagged_bucket("raw", "record"),
		_encryption("raw", case[1]),
	])
	control.answers == case[2] with input as plan
	not control.not_applicable with input as plan
}

test_the_key_of_an_inbox_fails_too if {
	plan := fixture.plan([
		fixture.tagged_bucket("audit", "audit"),
		_encryption("audit", "arn:shared"),
		fixture.tagged_bucket("in", "inbox"),
		_encryption("in", "arn:shared"),
	])
	control.answers == {answer.failed(_audit, _attribute, _expected, "arn:shared")} with input as plan
}

test_a_key_that_is_not_known_is_unknown if {
	hidden := fixture.unknown(
		_encryption("audit", null),
		[["rule", 0, "apply_server_side_encryption_by_default", 0, "kms_master_key_id"]],
	)
	plan := fixture.plan([fixture.tagged_bucket("audit", "audit"), hidden, fixture.tagged_bucket("raw", "record")])
	control.answers == {answer.unknown(_audit, _attribute, _expected, "not known")} with input as plan
}

test_replicas_are_kept_apart_too if {
	plan := fixture.plan([
		fixture.tagged_bucket("audit", "audit"),
		_encryption("audit", "arn:audit"),
		_replicated("audit", "audit-copy"),
		fixture.tagged_bucket("audit-copy", "replica"),
		_encryption("audit-copy", "arn:shared"),
		fixture.tagged_bucket("raw", "record"),
		_replicated("raw", "raw-copy"),
		fixture.tagged_bucket("raw-copy", "replica"),
		_encryption("raw-copy", "arn:shared"),
	])
	control.answers == {
		answer.passed(_audit, _attribute, _expected, "arn:audit"),
		answer.failed("aws_s3_bucket.audit-copy", _attribute, _expected, "arn:shared"),
	} with input as plan
}

test_unblinded_data_have_a_key_of_their_own[name] if {
	some name, case in {
		"of their own": ["arn:arms", "pass", "arn:arms"],
		"that of other records": ["arn:raw", "fail", "arn:raw"],
		"that of a copy of other records": ["arn:copy", "fail", "arn:copy"],
		"that of the inbox": ["arn:in", "fail", "arn:in"],
		"that of their copy": ["arn:arms-copy", "pass", "arn:arms-copy"],
		"none": [null, "fail", "not set"],
	}
	plan := fixture.plan([
		_unblinded("arms", "record"), _encryption("arms", case[0]), _replicated("arms", "arms-copy"),
		_unblinded("arms-copy", "replica"), _encryption("arms-copy", "arn:arms-copy"),
		fixture.tagged_bucket("raw", "record"), _encryption("raw", "arn:raw"), _replicated("raw", "raw-copy"),
		fixture.tagged_bucket("raw-copy", "replica"), _encryption("raw-copy", "arn:copy"),
		fixture.tagged_bucket("in", "inbox"), _encryption("in", "arn:in"),
	])
	found := {[one.address, one.status, one.expected, one.actual] | some one in control.answers} with input as plan
	found == {
		["aws_s3_bucket.arms", case[1], "a key that encrypts unblinded data alone", case[2]],
		["aws_s3_bucket.arms-copy", "pass", "a key that encrypts unblinded data alone", "arn:arms-copy"],
	}
}

test_a_key_of_unblinded_data_that_is_not_known_is_unknown if {
	hidden := fixture.unknown(_encryption("arms", null), [["rule", 0, "apply_server_side_encryption_by_default", 0, "kms_master_key_id"]])
	found := {one.status | some one in control.answers} with input as fixture.plan([_unblinded("arms", "record"), hidden])
	found == {"unknown"}
}

_unblinded(name, role) := fixture.bucket(name, {"tags": {"BucketRole": role, "Blinding": "unblinded"}})

test_not_applicable[name] if {
	some name, role in {"no records": "audit", "no audit bucket": "record"}
	plan := fixture.plan([fixture.tagged_bucket("one", role), _encryption("one", "arn:k")])
	control.not_applicable == "no audit bucket beside records, or bucket of unblinded data, in the plan" with input as plan
	control.answers == set() with input as plan
}

_audit := "aws_s3_bucket.audit"

_attribute := "rule.apply_server_side_encryption_by_default.kms_master_key_id"

_expected := "a key that encrypts no record"

_encryption(bucket, key) := fixture.part("aws_s3_bucket_server_side_encryption_configuration", bucket, bucket, {"rule": [{
	"apply_server_side_encryption_by_default": [{"kms_master_key_id": key}],
}]})

_replicated(source, destination) := fixture.part("aws_s3_bucket_replication_configuration", source, source, {"rule": [{
	"status": "Enabled",
	"destination": [{"bucket": $"arn:aws:s3:::{destination}"}],
}]})
