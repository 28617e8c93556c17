# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_06_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_06 as control

test_answers[name] if {
	some name, case in {
		"only incomplete uploads": {
			"rule": {"status": "Enabled", "abort_incomplete_multipart_upload": [{"days_after_initiation": 7}]},
			"want": {_none},
		},
		"only expired delete markers": {"rule": {"status": "Enabled", "expiration": [{"expired_object_delete_marker": true}]}, "want": {_none}},
		"after the retention": {
			"rule": {"status": "Enabled", "expiration": [{"days": 2557}]},
			"want": {answer.passed(_part, "rule.expiration.days", ">= 2557 days", "2557")},
		},
		"before the retention ends": {
			"rule": {"status": "Enabled", "expiration": [{"days": 2556}]},
			"want": {answer.failed(_part, "rule.expiration.days", ">= 2557 days", "2556")},
		},
		"noncurrent versions early": {
			"rule": {"status": "Enabled", "noncurrent_version_expiration": [{"noncurrent_days": 30}]},
			"want": {answer.failed(_part, _noncurrent, ">= 2557 days", "30")},
		},
		"both": {
			"rule": {"status": "Enabled", "expiration": [{"days": 3000}], "noncurrent_version_expiration": [{"noncurrent_days": 30}]},
			"want": {
				answer.passed(_part, "rule.expiration.days", ">= 2557 days", "3000"),
				answer.failed(_part, _noncurrent, ">= 2557 days", "30"),
			},
		},
		"a date": {
			"rule": {"status": "Enabled", "expiration": [{"date": "2040-01-01T00:00:00Z"}]},
			"want": {answer.failed(_part, "rule.expiration.date", "not set", "2040-01-01T00:00:00Z")},
		},
		"a rule that is off": {"rule": {"status": "Disabled", "expiration": [{"days": 1}]}, "want": {_none}},
		"a rule without status counts": {
			"rule": {"expiration": [{"days": 1}]},
			"want": {answer.failed(_part, "rule.expiration.days", ">= 2557 days", "1")},
		},
	}
	control.answers == case.want with input as _plan(_lifecycle([case.rule]))
}

test_unknown[name] if {
	some name, case in {
		"days": {
			"part": fixture.unknown(_lifecycle([{"status": "Enabled", "expiration": [{}]}]), [["rule", 0, "expiration", 0, "days"]]),
			"want": answer.unknown(_part, "rule.expiration.days", ">= 2557 days", "known after apply"),
		},
		"rules": {
			"part": fixture.unknown(_lifecycle([]), [["rule"]]),
			"want": answer.unknown(_raw, "rule", "rules that are known", "known after apply"),
		},
		"whose rules": {
			"part": fixture.ambiguously_referring(_lifecycle([]), {"bucket": [_raw]}),
			"want": answer.unknown(_raw, "rule", "rules that are known", "known after apply"),
		},
	}
	control.answers == {case.want} with input as _plan(case.part)
}

test_no_lifecycle_expires_nothing if {
	control.answers == {_none} with input as fixture.plan([fixture.tagged_bucket("raw", "record")])
}

test_a_class_that_settings_do_not_hold_is_unknown if {
	bucket := fixture.bucket("raw", {"tags": {"BucketRole": "record", "RecordClass": "unheard-of"}})
	want := {answer.unknown(_raw, "tags", "a record class of the settings", "not known")}
	control.answers == want with input as fixture.plan([bucket])
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record-bearing bucket in the plan": fixture.plan([fixture.tagged_bucket("results", "results")]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_lifecycle(rules) := fixture.part("aws_s3_bucket_lifecycle_configuration", "raw", "raw", {"rule": rules})

_plan(part) := fixture.plan([fixture.tagged_bucket("raw", "record"), part])

_none := answer.passed(_raw, "rule", "no expiration before the retention ends", "no expiration")

_raw := "aws_s3_bucket.raw"

_part := "aws_s3_bucket_lifecycle_configuration.raw"

_noncurrent := "rule.noncurrent_version_expiration.noncurrent_days"
