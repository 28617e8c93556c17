# SPDX-License-Identifier: Apache-2.0

package part11.meta_09_test

import data.lib.answer
import data.lib.fixture
import data.part11.meta_09 as control

test_answers[name] if {
	some name, case in {
		"one COMPLIANCE day in qualification": {
			"environment": "qualification",
			"lock": fixture.lock("raw", {"mode": "COMPLIANCE", "days": 1}),
			"want": {answer.passed(_lock, _days, "<= 1 days", "1")},
		},
		"seven COMPLIANCE years": {
			"environment": "qualification",
			"lock": fixture.lock("raw", {"mode": "COMPLIANCE", "years": 7}),
			"want": {answer.failed(_lock, _years, "not set", "7")},
		},
		"two days": {
			"environment": "qualification",
			"lock": fixture.lock("raw", {"mode": "COMPLIANCE", "days": 2}),
			"want": {answer.failed(_lock, _days, "<= 1 days", "2")},
		},
		"days not known": {
			"environment": "qualification",
			"lock": fixture.unknown(fixture.lock("raw", {"mode": "COMPLIANCE"}), [["rule", 0, "default_retention", 0, "days"]]),
			"want": {answer.unknown(_lock, _days, "<= 1 days", "known after apply")},
		},
		"years not known": {
			"environment": "qualification",
			"lock": fixture.unknown(fixture.lock("raw", {"mode": "COMPLIANCE"}), [["rule", 0, "default_retention", 0, "years"]]),
			"want": {answer.unknown(_lock, _years, "not set", "known after apply")},
		},
		"no default retention": {
			"environment": "qualification",
			"lock": fixture.part(_type, "raw", "raw", {"rule": []}),
			"want": {answer.passed(_lock, _days, "<= 1 days", "not set")},
		},
		"one GOVERNANCE day in development": {
			"environment": "development",
			"lock": fixture.lock("raw", {"mode": "GOVERNANCE", "days": 1}),
			"want": {answer.passed(_lock, _days, "<= 1 days", "1"), answer.passed(_lock, _mode, "GOVERNANCE or not set", "GOVERNANCE")},
		},
		"one COMPLIANCE day in development": {
			"environment": "development",
			"lock": fixture.lock("raw", {"mode": "COMPLIANCE", "days": 1}),
			"want": {answer.passed(_lock, _days, "<= 1 days", "1"), answer.failed(_lock, _mode, "GOVERNANCE or not set", "COMPLIANCE")},
		},
		"years beside a day": {
			"environment": "qualification",
			"lock": fixture.lock("raw", {"mode": "COMPLIANCE", "years": 7, "days": 1}),
			"want": {answer.failed(_lock, _years, "not set", "7")},
		},
		"a day without a mode in development": {
			"environment": "development",
			"lock": fixture.lock("raw", {"days": 1}),
			"want": {answer.passed(_lock, _days, "<= 1 days", "1")},
		},
	}
	plan := fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record"), case.lock]), case.environment)
	control.answers == case.want with input as plan
}

test_not_applicable[reason] if {
	lock := fixture.lock("raw", {"mode": "COMPLIANCE", "years": 7})
	some reason, plan in {
		"does not apply in production": fixture.plan([lock]),
		"no Object Lock configuration in the plan": fixture.in_environment(fixture.plan([fixture.bucket("raw", {})]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_type := "aws_s3_bucket_object_lock_configuration"

_lock := "aws_s3_bucket_object_lock_configuration.raw"

_days := "rule.default_retention.days"

_years := "rule.default_retention.years"

_mode := "rule.default_retention.mode"
