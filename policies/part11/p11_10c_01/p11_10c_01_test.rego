# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_01_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_01 as control

test_answers[name] if {
	locked := {"tags": {"BucketRole": "record"}, "object_lock_enabled": true}
	pass := answer.passed(_bucket, "object_lock_enabled", "true", "true")
	some name, case in {
		"lock and configuration": {
			"bucket": fixture.bucket("raw", locked),
			"lock": {"object_lock_enabled": "Enabled"},
			"want": {pass, answer.passed(_lock, "object_lock_enabled", "Enabled", "Enabled")},
		},
		"bucket made without lock": {
			"bucket": fixture.bucket("raw", object.union(locked, {"object_lock_enabled": false})),
			"lock": {"object_lock_enabled": "Enabled"},
			"want": {
				answer.failed(_bucket, "object_lock_enabled", "true", "false"),
				answer.passed(_lock, "object_lock_enabled", "Enabled", "Enabled"),
			},
		},
		"bucket says nothing": {
			"bucket": fixture.bucket("raw", object.remove(locked, ["object_lock_enabled"])),
			"lock": {"object_lock_enabled": "Enabled"},
			"want": {
				answer.failed(_bucket, "object_lock_enabled", "true", "not set"),
				answer.passed(_lock, "object_lock_enabled", "Enabled", "Enabled"),
			},
		},
		"configuration says nothing": {
			"bucket": fixture.bucket("raw", locked),
			"lock": {},
			"want": {pass, answer.failed(_lock, "object_lock_enabled", "Enabled", "not set")},
		},
	}
	lock := fixture.part("aws_s3_bucket_object_lock_configuration", "raw", "raw", case.lock)
	control.answers == case.want with input as fixture.plan([case.bucket, lock])
}

test_a_bucket_without_configuration_fails if {
	plan := fixture.plan([fixture.bucket("raw", {"tags": {"BucketRole": "record"}, "object_lock_enabled": true})])
	answer.failed(_bucket, "object_lock_enabled", "Enabled", "not set") in control.answers with input as plan
}

test_an_unknown_flag_is_unknown if {
	plan := fixture.plan([fixture.unknown(fixture.tagged_bucket("raw", "record"), [["object_lock_enabled"]])])
	answer.unknown(_bucket, "object_lock_enabled", "true", "known after apply") in control.answers with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record-bearing bucket in the plan": fixture.plan([fixture.tagged_bucket("results", "results")]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_bucket := "aws_s3_bucket.raw"

_lock := "aws_s3_bucket_object_lock_configuration.raw"
