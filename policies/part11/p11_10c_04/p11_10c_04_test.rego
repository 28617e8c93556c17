# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_04_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_04 as control

test_answers[name] if {
	some name, case in {
		"Enabled passes": {"values": {"versioning_configuration": [{"status": "Enabled"}]}, "want": answer.passed(_part, _attribute, "Enabled", "Enabled")},
		"Suspended fails": {"values": {"versioning_configuration": [{"status": "Suspended"}]}, "want": answer.failed(_part, _attribute, "Enabled", "Suspended")},
		"no status fails": {"values": {"versioning_configuration": []}, "want": answer.failed(_part, _attribute, "Enabled", "not set")},
	}
	part := fixture.part("aws_s3_bucket_versioning", "raw", "raw", case.values)
	control.answers == {case.want} with input as fixture.plan([fixture.tagged_bucket("raw", "record"), part])
}

test_an_unknown_status_is_unknown if {
	values := {"versioning_configuration": [{}]}
	part := fixture.unknown(fixture.part("aws_s3_bucket_versioning", "raw", "raw", values), [["versioning_configuration", 0, "status"]])
	want := {answer.unknown(_part, _attribute, "Enabled", "known after apply")}
	control.answers == want with input as fixture.plan([fixture.tagged_bucket("raw", "record"), part])
}

test_a_bucket_without_versioning_fails if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "record")])
	control.answers == {answer.failed("aws_s3_bucket.raw", _attribute, "Enabled", "not set")} with input as plan
}

test_not_applicable_without_a_record_bearing_bucket if {
	plan := fixture.plan([fixture.tagged_bucket("results", "results")])
	control.not_applicable == "no record-bearing bucket in the plan" with input as plan
	control.answers == set() with input as plan
}

_part := "aws_s3_bucket_versioning.raw"

_attribute := "versioning_configuration.status"
