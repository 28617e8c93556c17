# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_19_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_19 as control

test_answers[name] if {
	some name, case in {
		"no transition": {"rule": {"status": "Enabled"}, "want": {_none}},
		"read at once": {
			"rule": {"status": "Enabled", "transition": [{"days": 90, "storage_class": "GLACIER_IR"}]},
			"want": {answer.passed(_part, "rule.transition.storage_class", "a class that is read at once", "GLACIER_IR")},
		},
		"GLACIER early": {
			"rule": {"status": "Enabled", "transition": [{"days": 90, "storage_class": "GLACIER"}]},
			"want": {answer.failed(_part, "rule.transition.days", ">= 2557 days", "90")},
		},
		"DEEP_ARCHIVE after the window": {
			"rule": {"status": "Enabled", "transition": [{"days": 2557, "storage_class": "DEEP_ARCHIVE"}]},
			"want": {answer.passed(_part, "rule.transition.days", ">= 2557 days", "2557")},
		},
		"noncurrent early": {
			"rule": {"status": "Enabled", "noncurrent_version_transition": [{"noncurrent_days": 30, "storage_class": "DEEP_ARCHIVE"}]},
			"want": {answer.failed(_part, "rule.noncurrent_version_transition.noncurrent_days", ">= 2557 days", "30")},
		},
		"a date": {
			"rule": {"status": "Enabled", "transition": [{"date": "2040-01-01T00:00:00Z", "storage_class": "GLACIER"}]},
			"want": {answer.failed(_part, "rule.transition.date", "not set", "2040-01-01T00:00:00Z")},
		},
		"no class": {
			"rule": {"status": "Enabled", "transition": [{"days": 90}]},
			"want": {answer.failed(_part, "rule.transition.storage_class", "a class that is read at once", "not set")},
		},
		"a rule that is off": {"rule": {"status": "Disabled", "transition": [{"days": 1, "storage_class": "GLACIER"}]}, "want": {_none}},
	}
	control.answers == case.want with input as _plan(_lifecycle([case.rule]))
}

test_unknown[name] if {
	early := [{"status": "Enabled", "transition": [{"storage_class": "GLACIER"}]}]
	some name, case in {
		"days": {
			"part": fixture.unknown(_lifecycle(early), [["rule", 0, "transition", 0, "days"]]),
			"want": {answer.unknown(_part, "rule.transition.days", ">= 2557 days", "known after apply")},
		},
		"class": {
			"part": fixture.unknown(_lifecycle([{"status": "Enabled", "transition": [{"days": 1}]}]), [["rule", 0, "transition", 0, "storage_class"]]),
			"want": {answer.unknown(_part, "rule.transition.storage_class", "a class that is read at once", "known after apply")},
		},
		"rules": {"part": fixture.unknown(_lifecycle([]), [["rule"]]), "want": {_uncertain}},
		"transitions": {"part": fixture.unknown(_lifecycle([{"status": "Enabled"}]), [["rule", 0, "transition"]]), "want": {_uncertain}},
		"whose rules": {"part": fixture.ambiguously_referring(_lifecycle([]), {"bucket": [_raw]}), "want": {_uncertain}},
		"noncurrent transitions": {"part": fixture.unknown(_lifecycle([{"status": "Enabled"}]), [["rule", 0, "noncurrent_version_transition"]]), "want": {_uncertain}},
	}
	control.answers == case.want with input as _plan(case.part)
}

test_copies[name] if {
	some name, case in {
		"read at once": {"destination": {"storage_class": "GLACIER_IR"}, "want": {_none, _copy("pass", "GLACIER_IR")}},
		"in an archive": {"destination": {"storage_class": "DEEP_ARCHIVE"}, "want": {_none, _copy("fail", "DEEP_ARCHIVE")}},
		"as their source": {"destination": {}, "want": {_none}},
		"not known": {
			"destination": {},
			"unknown": [["rule", 0, "destination", 0, "storage_class"]],
			"want": {_none, _copy("unknown", "known after apply")},
		},
	}
	values := {"rule": [{"status": "Enabled", "destination": [case.destination]}]}
	copying := fixture.unknown(fixture.part("aws_s3_bucket_replication_configuration", "raw", "raw", values), object.get(case, "unknown", []))
	control.answers == case.want with input as _plan(copying)
}

_copy(status, actual) := {
	"address": "aws_s3_bucket_replication_configuration.raw",
	"attribute": "rule.destination.storage_class",
	"status": status,
	"expected": "a class that is read at once",
	"actual": actual,
}

test_no_lifecycle_moves_nothing if {
	control.answers == {_none} with input as fixture.plan([fixture.tagged_bucket("raw", "record")])
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

_none := answer.passed(_raw, "rule", "no slow storage class in the access window", "no transition")

_uncertain := answer.unknown(_raw, "rule", "rules that are known", "known after apply")

_raw := "aws_s3_bucket.raw"

_part := "aws_s3_bucket_lifecycle_configuration.raw"
