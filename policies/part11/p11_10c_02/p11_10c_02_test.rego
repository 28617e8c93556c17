# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_02_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_02 as control

test_answers[name] if {
	some name, case in {
		"COMPLIANCE passes": {
			"lock": fixture.lock("raw", {"mode": "COMPLIANCE", "years": 7}),
			"want": {answer.passed(_lock, _attribute, "COMPLIANCE", "COMPLIANCE")},
		},
		"GOVERNANCE fails": {
			"lock": fixture.lock("raw", {"mode": "GOVERNANCE", "years": 7}),
			"want": {answer.failed(_lock, _attribute, "COMPLIANCE", "GOVERNANCE")},
		},
		"a lock without a mode fails": {
			"lock": fixture.lock("raw", {"years": 7}),
			"want": {answer.failed(_lock, _attribute, "COMPLIANCE", "not set")},
		},
		"a mode not known yet is unknown": {
			"lock": fixture.unknown(fixture.lock("raw", {"years": 7}), [["rule", 0, "default_retention", 0, "mode"]]),
			"want": {answer.unknown(_lock, _attribute, "COMPLIANCE", "known after apply")},
		},
		"a lock that may belong to another instance is unknown": {
			"lock": fixture.ambiguously_referring(
				fixture.lock("raw", {"mode": "COMPLIANCE", "years": 7}),
				{"bucket": ["aws_s3_bucket.raw"]},
			),
			"want": {answer.unknown("aws_s3_bucket.raw", _attribute, "COMPLIANCE", "known after apply")},
		},
		"no lock fails": {
			"lock": fixture.bucket("another", {}),
			"want": {answer.failed("aws_s3_bucket.raw", _attribute, "COMPLIANCE", "not set")},
		},
		"a lock that is deleted is no lock": {
			"lock": fixture.deleted(fixture.lock("raw", {"mode": "COMPLIANCE", "years": 7})),
			"want": {answer.failed("aws_s3_bucket.raw", _attribute, "COMPLIANCE", "not set")},
		},
	}
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), case.lock])
	control.answers == case.want with input as plan
	not control.not_applicable with input as plan
}

test_every_locked_role_is_judged[role] if {
	some role in ["record", "audit", "replica", "inbox", "evidence"]
	plan := fixture.plan([fixture.tagged_bucket("raw", role), fixture.copying_to("raw")])
	control.answers == {answer.failed("aws_s3_bucket.raw", _attribute, "COMPLIANCE", "not set")} with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record-bearing bucket in the plan": fixture.plan([fixture.tagged_bucket("logs", "access-log")]),
		"does not apply in development": fixture.in_environment(
			fixture.plan([fixture.tagged_bucket("raw", "record")]),
			"development",
		),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_lock := "aws_s3_bucket_object_lock_configuration.raw"

_attribute := "rule.default_retention.mode"
