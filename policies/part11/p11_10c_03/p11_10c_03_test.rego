# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_03_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_03 as control

test_answers[name] if {
	days := "rule.default_retention.days"
	years := "rule.default_retention.years"
	some name, case in {
		"class minimum in years": {"role": "record", "retention": {"years": 7}, "want": answer.passed(_lock, years, ">= 2557 days", "2557")},
		"one day short": {"role": "record", "retention": {"days": 2556}, "want": answer.failed(_lock, days, ">= 2557 days", "2556")},
		"a year short": {"role": "audit", "retention": {"years": 6}, "want": answer.failed(_lock, years, ">= 2557 days", "2192")},
		"inbox days": {"role": "inbox", "retention": {"days": 7}, "want": answer.passed(_lock, days, ">= 7 days", "7")},
		"no period": {"role": "record", "retention": {"mode": "COMPLIANCE"}, "want": answer.failed(_lock, days, ">= 2557 days", "not set")},
	}
	plan := fixture.plan([fixture.tagged_bucket("raw", case.role), fixture.lock("raw", case.retention)])
	control.answers == {case.want} with input as plan
}

test_a_period_not_known_is_unknown if {
	lock := fixture.unknown(fixture.lock("raw", {}), [["rule", 0, "default_retention", 0, "days"]])
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), lock])
	control.answers == {answer.unknown(_lock, "rule.default_retention.days", ">= 2557 days", "known after apply")} with input as plan
}

test_a_bucket_without_lock_fails if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "record")])
	want := {answer.failed("aws_s3_bucket.raw", "rule.default_retention.days", ">= 2557 days", "not set")}
	control.answers == want with input as plan
}

test_qualification_needs_one_day if {
	plan := fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record"), fixture.lock("raw", {"days": 1})]), "qualification")
	control.answers == {answer.passed(_lock, "rule.default_retention.days", ">= 1 days", "1")} with input as plan
}

test_a_class_that_settings_do_not_hold_is_unknown if {
	bucket := fixture.bucket("raw", {"tags": {"BucketRole": "record", "RecordClass": "unheard-of"}})
	want := {answer.unknown("aws_s3_bucket.raw", "tags", "a record class of the settings", "not known")}
	control.answers == want with input as fixture.plan([bucket, fixture.lock("raw", {"years": 7})])
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record-bearing bucket in the plan": fixture.plan([fixture.tagged_bucket("results", "results")]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_lock := "aws_s3_bucket_object_lock_configuration.raw"

test_one_year_is_told_in_years if {
	plan := fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record"), fixture.lock("raw", {"years": 1})]), "qualification")
	control.answers == {answer.passed(_lock, "rule.default_retention.years", ">= 1 days", "366")} with input as plan
}
