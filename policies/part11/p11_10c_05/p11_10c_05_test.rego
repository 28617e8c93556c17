# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_05_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_05 as control

test_answers[name] if {
	some name, case in {
		"false passes": {"bucket": _with({"force_destroy": false}), "want": answer.passed(_raw, "force_destroy", "false", "false")},
		"true fails": {"bucket": _with({"force_destroy": true}), "want": answer.failed(_raw, "force_destroy", "false", "true")},
		"absent fails": {"bucket": _with({}), "want": answer.failed(_raw, "force_destroy", "false", "not set")},
		"unknown": {
			"bucket": fixture.unknown(_with({}), [["force_destroy"]]),
			"want": answer.unknown(_raw, "force_destroy", "false", "known after apply"),
		},
	}
	control.answers == {case.want} with input as fixture.plan([case.bucket])
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record-bearing bucket in the plan": fixture.plan([fixture.tagged_bucket("logs", "access-log")]),
		"does not apply in qualification": fixture.in_environment(fixture.plan([_with({"force_destroy": true})]), "qualification"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_with(values) := fixture.bucket("raw", object.union(values, {"tags": {"BucketRole": "record"}}))

_raw := "aws_s3_bucket.raw"
