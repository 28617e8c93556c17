# SPDX-License-Identifier: Apache-2.0

package part11.meta_04_test

import data.lib.answer
import data.lib.fixture
import data.part11.meta_04 as control

test_answers[name] if {
	some name, case in {
		"prevent_destroy passes": {"lifecycle": {"preventDestroy": true, "ignoreChanges": []}, "status": "pass", "actual": "true"},
		"no prevent_destroy fails": {"lifecycle": {"preventDestroy": false, "ignoreChanges": []}, "status": "fail", "actual": "false"},
		"no synth is unknown": {"lifecycle": null, "status": "unknown", "actual": "not known without --synth"},
	}
	some type in ["aws_kms_key", "aws_cloudtrail", "aws_dynamodb_table"]
	plan := fixture.plan([object.union(fixture.resource(type, "x", {}), {"lifecycle": case.lifecycle})])
	want := {"address": $"{type}.x", "attribute": "lifecycle.prevent_destroy", "status": case.status, "expected": "true", "actual": case.actual}
	control.answers == {want} with input as plan
}

test_a_record_bucket_is_judged_with_its_lock if {
	plan := fixture.plan([
		fixture.tagged_bucket("raw", "record"),
		fixture.lock("raw", {"mode": "COMPLIANCE", "years": 7}),
		fixture.tagged_bucket("logs", "access-log"),
		fixture.lock("logs", {"mode": "GOVERNANCE", "days": 1}),
	])
	control.answers == {
		answer.passed("aws_s3_bucket.raw", "lifecycle.prevent_destroy", "true", "true"),
		answer.passed("aws_s3_bucket_object_lock_configuration.raw", "lifecycle.prevent_destroy", "true", "true"),
	} with input as plan
}

test_the_old_block_of_a_bucket_goes_with_the_bucket if {
	lock := fixture.lock("raw", {"mode": "COMPLIANCE", "years": 7})
	address := "aws_s3_bucket.raw (inline object_lock_configuration)"
	plan := json.patch(fixture.plan([fixture.tagged_bucket("raw", "record")]), [
		{"op": "add", "path": ["resources", address], "value": lock},
		{"op": "add", "path": ["byType", "aws_s3_bucket_object_lock_configuration"], "value": [address]},
	])
	[found.address | some found in control.answers] == ["aws_s3_bucket.raw"] with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record-bearing resource in the plan": fixture.plan([fixture.bucket("other", {})]),
		"does not apply in qualification": fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "qualification"),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.resource("aws_kms_key", "k", {})]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}
