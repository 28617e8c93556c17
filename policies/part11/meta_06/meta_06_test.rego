# SPDX-License-Identifier: Apache-2.0

package part11.meta_06_test

import data.lib.answer
import data.lib.fixture
import data.part11.meta_06 as control

test_answers[name] if {
	some name, case in {
		"all tags": {"bucket": fixture.bucket("raw", {"tags": _tags}), "want": {answer.passed(_raw, "tags", _expected, "all present")}},
		"all tags through tags_all": {"bucket": fixture.bucket("raw", {"tags_all": _tags}), "want": {answer.passed(_raw, "tags", _expected, "all present")}},
		"one missing": {
			"bucket": fixture.bucket("raw", {"tags": object.remove(_tags, ["Owner"])}),
			"want": {answer.failed(_raw, "tags", _expected, "without Owner")},
		},
		"one empty": {
			"bucket": fixture.bucket("raw", {"tags": object.union(_tags, {"Owner": ""})}),
			"want": {answer.failed(_raw, "tags", _expected, "without Owner")},
		},
		"one not known": {
			"bucket": fixture.unknown(fixture.bucket("raw", {"tags": object.remove(_tags, ["Owner"])}), [["tags", "Owner"]]),
			"want": {answer.unknown(_raw, "tags", _expected, "known after apply: Owner")},
		},
		"another environment": {
			"bucket": fixture.bucket("raw", {"tags": object.union(_tags, {"Environment": "development"})}),
			"want": {
				answer.passed(_raw, "tags", _expected, "all present"),
				answer.with_severity(answer.failed(_raw, "tags", "Environment production", "development"), "critical"),
			},
		},
	}
	control.answers == case.want with input as fixture.plan([case.bucket])
}

test_default_tags_count_and_must_name_the_environment if {
	defaults := {"aws": {"defaultTags": object.union(_tags, {"Environment": "development"})}}
	plan := object.union(fixture.plan([fixture.bucket("raw", {})]), {"providers": defaults})
	control.answers == {
		answer.passed(_raw, "tags", _expected, "all present"),
		answer.with_severity(answer.failed(_raw, "tags", "Environment production", "development"), "critical"),
		answer.with_severity(answer.failed("provider.aws", "tags", "Environment production", "development"), "critical"),
	} with input as plan
}

test_not_applicable_without_a_record_bearing_resource if {
	control.not_applicable == "no record-bearing resource in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_raw := "aws_s3_bucket.raw"

_expected := "ChangeRef, DataType, Environment, GxP, Owner, RecordClass, Retention, SystemId"

test_a_bucket_that_nothing_says_anything_of_fails if {
	bare := object.remove(_tags, ["BucketRole"])
	control.answers == {
		answer.passed(_raw, "tags", _expected, "all present"),
		answer.with_severity(answer.failed(_raw, "tags", "BucketRole, or an entry below buckets in part11.yaml,", "neither"), "high"),
	} with input as fixture.plan([fixture.bucket("raw", {"tags": bare})])
}

test_a_bucket_said_to_hold_no_records_passes if {
	other := object.union(_tags, {"BucketRole": "other"})
	control.answers == {answer.passed(_raw, "tags", _expected, "all present")} with input as fixture.plan([fixture.bucket("raw", {"tags": other})])
}

_tags := {
	"BucketRole": "record",
	"ChangeRef": "CHG-1",
	"DataType": "clinical-trial",
	"Environment": "production",
	"GxP": "true",
	"Owner": "data-office",
	"RecordClass": "clinical-raw",
	"Retention": "7 years",
	"SystemId": "LZ-1",
}
