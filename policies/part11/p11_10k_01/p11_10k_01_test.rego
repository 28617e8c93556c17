# SPDX-License-Identifier: Apache-2.0

package part11.p11_10k_01_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10k_01 as control

test_the_whole_lock_set_passes if {
	control.answers == {_enabled, _mode("pass", "COMPLIANCE"), _period("pass", "2557"), _versioned} with input as _plan({})
	not control.not_applicable with input as _plan({})
}

test_each_part[name] if {
	some name, case in {
		"GOVERNANCE fails": [{"lock": fixture.lock("docs", {"mode": "GOVERNANCE", "years": 7})}, _mode("fail", "GOVERNANCE")],
		"too short fails": [{"lock": fixture.lock("docs", {"mode": "COMPLIANCE", "days": 30})}, _period("fail", "30")],
		"a period not known yet is unknown": [
			{"lock": fixture.unknown(fixture.lock("docs", {"mode": "COMPLIANCE"}), [["rule", 0, "default_retention", 0, "years"]])},
			_period("unknown", "known after apply"),
		],
		"no lock fails": [
			{"lock": fixture.bucket("another", {})},
			answer.failed(_bucket, "rule.default_retention.mode", "COMPLIANCE", "not set"),
		],
		"not made for locks fails": [
			{"bucket": fixture.tagged_bucket("docs", "evidence")},
			answer.failed(_bucket, "object_lock_enabled", "true", "not set"),
		],
		"suspended versioning fails": [
			{"versioning": _versioning("Suspended")},
			answer.failed("aws_s3_bucket_versioning.docs", _status, "Enabled", "Suspended"),
		],
		"a record class that is none is unknown": [
			{"bucket": object.union(_locked, {"values": {"tags": {"RecordClass": "x"}}})},
			answer.unknown(_bucket, "tags", "a record class of the settings", "not known"),
		],
	}
	case[1] in control.answers with input as _plan(case[0])
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no evidence bucket in the plan": fixture.plan([fixture.tagged_bucket("raw", "record")]),
		"does not apply in development": fixture.in_environment(_plan({}), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_plan(parts) := fixture.plan(array.concat([part | some part in parts], [part |
	some name, part in {
		"bucket": _locked,
		"lock": fixture.lock("docs", {"mode": "COMPLIANCE", "years": 7}),
		"versioning": _versioning("Enabled"),
	}
	not parts[name]
]))

_locked := object.union(fixture.tagged_bucket("docs", "evidence"), {"values": {"object_lock_enabled": true}})

_versioning(status) := fixture.part("aws_s3_bucket_versioning", "docs", "docs", {"versioning_configuration": [{"status": status}]})

_enabled := answer.passed(_bucket, "object_lock_enabled", "true", "true")

_mode(status, actual) := _on_lock("rule.default_retention.mode", status, "COMPLIANCE", actual)

_period(status, actual) := _on_lock("rule.default_retention", status, ">= 2557 days", actual)

_on_lock(attribute, status, expected, actual) := {
	"address": "aws_s3_bucket_object_lock_configuration.docs",
	"attribute": attribute,
	"status": status,
	"expected": expected,
	"actual": actual,
}

_versioned := answer.passed("aws_s3_bucket_versioning.docs", _status, "Enabled", "Enabled")

_status := "versioning_configuration.status"

_bucket := "aws_s3_bucket.docs"
