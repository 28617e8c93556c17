# SPDX-License-Identifier: Apache-2.0

package lib.bucket_test

import data.lib.bucket
import data.lib.fixture

test_minimum_days[name] if {
	some name, case in {
		"production takes the class": {"environment": "production", "tags": {"BucketRole": "record", "RecordClass": "tmf"}, "want": 9132},
		"no class is the default class": {"environment": "production", "tags": {"BucketRole": "audit"}, "want": 2557},
		"an inbox has its own days": {"environment": "production", "tags": {"BucketRole": "inbox"}, "want": 7},
		"qualification locks one day": {"environment": "qualification", "tags": {"BucketRole": "record"}, "want": 1},
	}
	plan := fixture.in_environment(fixture.plan([fixture.bucket("raw", {"tags": case.tags})]), case.environment)
	bucket.minimum_days("aws_s3_bucket.raw") == case.want with input as plan
}

test_minimum_days_is_undefined[name] if {
	some name, case in {
		"in development": {"environment": "development", "bucket": fixture.tagged_bucket("raw", "record")},
		"for a role without a lock": {"environment": "production", "bucket": fixture.tagged_bucket("raw", "results")},
		"for a class that settings do not hold": {
			"environment": "production",
			"bucket": fixture.bucket("raw", {"tags": {"BucketRole": "record", "RecordClass": "unheard-of"}}),
		},
		"for a class not known": {
			"environment": "production",
			"bucket": fixture.unknown(fixture.tagged_bucket("raw", "record"), [["tags", "RecordClass"]]),
		},
	}
	plan := fixture.in_environment(fixture.plan([case.bucket]), case.environment)
	not bucket.minimum_days("aws_s3_bucket.raw") with input as plan
}

test_record_class_by_settings if {
	plan := fixture.with_settings(
		fixture.plan([fixture.bucket("raw", {})]),
		{"buckets": [{"name": "raw", "role": "record", "recordClass": "tmf"}]},
	)
	bucket.record_class("aws_s3_bucket.raw") == "tmf" with input as plan
}

test_lock_readings[name] if {
	at := "aws_s3_bucket_object_lock_configuration.raw"
	some name, case in {
		"days": {"lock": fixture.lock("raw", {"days": 30}), "want": {at: {"status": "known", "value": 30}}},
		"years with leap days": {"lock": fixture.lock("raw", {"years": 7}), "want": {at: {"status": "known", "value": 2557}}},
		"the shorter of both": {"lock": fixture.lock("raw", {"years": 7, "days": 1}), "want": {at: {"status": "known", "value": 1}}},
		"neither": {"lock": fixture.lock("raw", {"mode": "COMPLIANCE"}), "want": {at: {"status": "not_set"}}},
		"unknown": {
			"lock": fixture.unknown(fixture.lock("raw", {}), [["rule", 0, "default_retention", 0, "years"]]),
			"want": {at: {"status": "unknown"}},
		},
		"no lock": {"lock": fixture.bucket("another", {}), "want": {"aws_s3_bucket.raw": {"status": "not_set"}}},
		"perhaps another's": {
			"lock": fixture.ambiguously_referring(fixture.lock("raw", {"years": 7}), {"bucket": ["aws_s3_bucket.raw"]}),
			"want": {"aws_s3_bucket.raw": {"status": "unknown"}},
		},
	}
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), case.lock])
	bucket.lock_readings("aws_s3_bucket.raw") == case.want with input as plan
}

test_a_further_lock_that_may_be_the_buckets_is_unknown_beside_the_known_one if {
	further := fixture.resource("aws_s3_bucket_object_lock_configuration", "further", {"rule": [{"default_retention": [{"days": 1}]}]})
	plan := fixture.plan([
		fixture.tagged_bucket("raw", "record"),
		fixture.lock("raw", {"days": 30}),
		fixture.unknown(further, [["bucket"]]),
	])
	bucket.lock_readings("aws_s3_bucket.raw") == {
		"aws_s3_bucket_object_lock_configuration.raw": {"status": "known", "value": 30},
		"aws_s3_bucket.raw": {"status": "unknown"},
	} with input as plan
}

test_locked_for[name] if {
	some name, case in {
		"long enough": [fixture.lock("raw", {"mode": "COMPLIANCE", "years": 7}), "pass"],
		"too short": [fixture.lock("raw", {"mode": "COMPLIANCE", "days": 2556}), "fail"],
		"governance": [fixture.lock("raw", {"mode": "GOVERNANCE", "years": 7}), "fail"],
		"no mode": [fixture.lock("raw", {"years": 7}), "fail"],
		"no period": [fixture.lock("raw", {"mode": "COMPLIANCE"}), "fail"],
		"no lock": [fixture.bucket("another", {}), "fail"],
		"period not known": [
			fixture.unknown(fixture.lock("raw", {"mode": "COMPLIANCE"}), [["rule", 0, "default_retention", 0, "days"]]),
			"unknown",
		],
		"mode not known": [
			fixture.unknown(fixture.lock("raw", {"years": 7}), [["rule", 0, "default_retention", 0, "mode"]]),
			"unknown",
		],
		"lock of some instance": [
			fixture.ambiguously_referring(fixture.lock("raw", {"mode": "COMPLIANCE", "years": 7}), {"bucket": ["aws_s3_bucket.raw"]}),
			"unknown",
		],
	}
	bucket.locked_for("aws_s3_bucket.raw", 2557) == case[1] with input as fixture.plan([fixture.bucket("raw", {}), case[0]])
}

test_record_days_of_a_table if {
	table := fixture.resource("aws_dynamodb_table", "ledger", {"tags": {"RecordClass": "tmf"}})
	bucket.record_days("aws_dynamodb_table.ledger") == 9132 with input as fixture.plan([table])
}

test_record_days_of_a_class_that_is_shortened if {
	raw := fixture.bucket("raw", {"tags": {"BucketRole": "record", "RecordClass": "clinical-raw"}})
	former := object.union(raw, {"before": {"tags": {"RecordClass": "tmf"}}})
	bucket.record_days("aws_s3_bucket.raw") == 2557 with input as fixture.plan([raw])
	bucket.record_days("aws_s3_bucket.raw") == 9132 with input as fixture.plan([former])
}

test_a_unit_that_an_existing_lock_holds_as_zero_is_not_set if {
	bucket.lock_days(fixture.lock("raw", {"years": 7, "days": 0})) == {"status": "known", "value": 2557} with input as fixture.plan([])
	bucket.lock_days(fixture.lock("raw", {"days": 0})) == {"status": "known", "value": 0} with input as fixture.plan([])
}
