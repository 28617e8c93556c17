# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_06_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_06 as control

test_a_trail_of_its_own_passes if {
	control.answers == {
		answer.passed(_trail, "s3_bucket_name", "a bucket of role audit", "audit"),
		answer.passed(_lock, _period, ">= 2557 days", "2557"),
		answer.passed(_trail, "kms_key_id", _apart, "aws_kms_key.audit"),
	} with input as _plan({})
}

test_answers[name] if {
	some name, case in {
		"a bucket of another role fails": [
			{"audit": fixture.tagged_bucket("audit", "record")},
			answer.failed(_trail, "s3_bucket_name", "a bucket of role audit", "record"),
		],
		"a bucket elsewhere is unknown": [
			{"audit": fixture.bucket("another", {})},
			answer.unknown(_trail, "s3_bucket_name", "a bucket of role audit", "not in the plan"),
		],
		"a shorter lock fails": [
			{"lock": fixture.lock("audit", {"mode": "COMPLIANCE", "days": 2556})},
			answer.failed(_lock, _period, ">= 2557 days", "2556"),
		],
		"no lock fails": [
			{"lock": fixture.bucket("another", {})},
			answer.failed("aws_s3_bucket.audit", _period, ">= 2557 days", "not set"),
		],
		"a lock not known is unknown": [
			{"lock": fixture.unknown(fixture.lock("audit", {}), [["rule", 0, "default_retention", 0, "days"]])},
			answer.unknown(_lock, _period, ">= 2557 days", "known after apply"),
		],
		"a record lock not known is unknown": [
			{"record_lock": fixture.unknown(fixture.lock("raw", {}), [["rule", 0, "default_retention", 0, "days"]])},
			answer.unknown(_lock, _period, "the longest record lock", "a record lock is known after apply"),
		],
		"no record lock asks for a day": [
			{"record_lock": fixture.bucket("another", {})},
			answer.passed(_lock, _period, ">= 1 days", "2557"),
		],
		"a record's key fails": [
			{"trail": _of("aws_kms_key.raw")},
			answer.failed(_trail, "kms_key_id", _apart, "aws_kms_key.raw"),
		],
		"a key not known is unknown": [
			{"trail": fixture.unknown(_of(null), [["kms_key_id"]])},
			answer.unknown(_trail, "kms_key_id", _apart, "not known"),
		],
		"no key fails": [
			{"trail": _of(null)},
			answer.failed(_trail, "kms_key_id", _apart, "not set"),
		],
		"the key of an inbox fails": [
			{"record": fixture.tagged_bucket("raw", "inbox"), "trail": _of("aws_kms_key.raw")},
			answer.failed(_trail, "kms_key_id", _apart, "aws_kms_key.raw"),
		],
	}
	case[1] in control.answers with input as _plan(case[0])
}

test_no_trail_fails if {
	expected := answer.failed("plan", "s3_bucket_name", "a bucket of role audit", "no aws_cloudtrail in the plan")
	control.answers == {expected} with input as fixture.plan([])
}

_trail := "aws_cloudtrail.t"

_lock := "aws_s3_bucket_object_lock_configuration.audit"

_period := "rule.default_retention"

_apart := "a key that encrypts no record"

_plan(changes) := fixture.plan([of |
	some of in object.union(
		{
			"audit": fixture.tagged_bucket("audit", "audit"),
			"lock": fixture.lock("audit", {"mode": "COMPLIANCE", "years": 7}),
			"record": fixture.tagged_bucket("raw", "record"),
			"record_lock": fixture.lock("raw", {"mode": "COMPLIANCE", "days": 2557}),
			"record_key": fixture.part("aws_s3_bucket_server_side_encryption_configuration", "raw", "raw", {"rule": [{
				"apply_server_side_encryption_by_default": [{"kms_master_key_id": "aws_kms_key.raw"}],
			}]}),
			"trail": _of("aws_kms_key.audit"),
		},
		changes,
	)
])

_of(key) := fixture.resource("aws_cloudtrail", "t", {"s3_bucket_name": "audit", "kms_key_id": key})
