# SPDX-License-Identifier: Apache-2.0

package part11.p11_50_01_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_50_01 as control

test_tables[name] if {
	some name, case in {
		"protected, restorable, with a locked mirror passes": [{}, [_mirror, _lock(7)], {"pass"}],
		"not protected fails": [{"deletion_protection_enabled": false}, [_mirror, _lock(7)], {"pass", "fail"}],
		"not restorable fails": [{"point_in_time_recovery": []}, [_mirror, _lock(7)], {"pass", "fail"}],
		"without a locked mirror fails": [{}, [], {"pass", "fail"}],
		"of a class not known is unknown": [{"tags": {"Part11Role": "signature", "RecordClass": "unheard-of"}}, [], {"pass", "unknown"}],
	}
	plan := fixture.plan(array.concat([_table(case[0])], case[1]))
	{found.status | some found in control.answers; found.address == "aws_dynamodb_table.s"} == case[2] with input as plan
	{found.attribute | some found in control.answers; found.address == "aws_dynamodb_table.s"} == {
		"deletion_protection_enabled", "point_in_time_recovery.enabled", "min_retention_days",
	} with input as plan
}

test_buckets[name] if {
	some name, case in {
		"locked as records passes": [{}, [_lock(7)], {["tags", "pass", "record"], ["rule.default_retention.mode", "pass", "locked"]}],
		"locked too short fails": [
			{}, [_lock(6)],
			{["tags", "pass", "record"], ["rule.default_retention.mode", "fail", "not locked for so long"]},
		],
		"without a lock fails": [{}, [], {["tags", "pass", "record"], ["rule.default_retention.mode", "fail", "not locked for so long"]}],
		"of results fails": [
			{"BucketRole": "results"}, [_lock(7)],
			{["tags", "fail", "results"], ["rule.default_retention.mode", "pass", "locked"]},
		],
		"a lock not known is unknown": [
			{}, [fixture.unknown(_lock(7), [["rule"]])],
			{["tags", "pass", "record"], ["rule.default_retention.mode", "unknown", "known after apply"]},
		],
		"a class not known is unknown": [
			{"RecordClass": "unheard-of"}, [_lock(7)],
			{["tags", "pass", "record"], ["rule.default_retention.mode", "unknown", "record class not known"]},
		],
		"of evidence passes": [
			{"BucketRole": "evidence"}, [_lock(7)],
			{["tags", "pass", "evidence"], ["rule.default_retention.mode", "pass", "locked"]},
		],
		"a replica passes": [
			{"BucketRole": "replica"}, [_lock(7), fixture.copying_to("mirror")],
			{["tags", "pass", "replica"], ["rule.default_retention.mode", "pass", "locked"]},
		],
	}
	tags := object.union({"BucketRole": "record", "Part11Role": "signature"}, case[0])
	plan := fixture.plan(array.concat([fixture.bucket("mirror", {"tags": tags})], case[1]))
	{[found.attribute, found.status, found.actual] | some found in control.answers} == case[2] with input as plan
	not control.not_applicable with input as plan
}

test_a_signing_key_without_a_store_fails if {
	plan := fixture.plan([fixture.resource("aws_kms_key", "k", {"key_usage": "SIGN_VERIFY"})])
	control.answers == {answer.failed("plan", "tags", "a signature store", "none")} with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no signing key or signature store in the plan": fixture.plan([fixture.bucket("b", {})]),
		"does not apply in development": fixture.in_environment(fixture.plan([_table({}), _mirror]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_table(overrides) := fixture.resource("aws_dynamodb_table", "s", object.union(
	{
		"name": "s",
		"tags": {"Part11Role": "signature"},
		"deletion_protection_enabled": true,
		"point_in_time_recovery": [{"enabled": true}],
	},
	overrides,
))

_mirror := fixture.bucket("mirror", {"tags": {"BucketRole": "record", "Part11Role": "signature"}})

_lock(years) := fixture.lock("mirror", {"mode": "COMPLIANCE", "years": years})

test_a_table_is_asked_for_a_locked_mirror if {
	plan := fixture.plan([_table({}), _mirror, _lock(7)])
	found := {one | some one in control.answers; one.attribute == "min_retention_days"} with input as plan
	{[one.address, one.status, one.expected, one.actual] | some one in found} == {["aws_dynamodb_table.s", "pass", "locked as long as the record", "aws_s3_bucket.mirror"]}
}
