# SPDX-License-Identifier: Apache-2.0

package part11.p11_300d_04_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_300d_04 as control

test_detectors[name] if {
	some name, case in {
		"with the feature passes": [[_detector({}), _feature("ENABLED"), _hub], {["aws_guardduty_detector.d", "pass"], ["aws_guardduty_detector_feature.f", "pass"], _has_hub}],
		"with the older block passes": [
			[_detector({"datasources": [{"s3_logs": [{"enable": true}]}]}), _hub],
			{["aws_guardduty_detector.d", "pass"], _has_hub},
		],
		"with the feature on and off fails": [
			[_detector({}), _feature("ENABLED"), object.union(_feature("DISABLED"), {"name": "g"}), _hub],
			{["aws_guardduty_detector.d", "pass"], ["aws_guardduty_detector_feature.f", "pass"], ["aws_guardduty_detector_feature.g", "fail"], _has_hub},
		],
		"with the feature off fails": [
			[_detector({}), _feature("DISABLED"), _hub],
			{["aws_guardduty_detector.d", "pass"], ["aws_guardduty_detector_feature.f", "fail"], _has_hub},
		],
		"with another feature fails": [
			[_detector({}), object.union(_feature("ENABLED"), {"values": {"name": "RDS_LOGIN_EVENTS"}}), _hub],
			{["aws_guardduty_detector.d", "pass"], ["aws_guardduty_detector.d", "fail"], _has_hub},
		],
		"with nothing said of S3 fails": [[_detector({}), _hub], {["aws_guardduty_detector.d", "pass"], ["aws_guardduty_detector.d", "fail"], _has_hub}],
		"switched off fails": [
			[_detector({"enable": false}), _feature("ENABLED"), _hub],
			{["aws_guardduty_detector.d", "fail"], ["aws_guardduty_detector_feature.f", "pass"], _has_hub},
		],
		"with a feature of some instance is unknown": [
			[_detector({}), fixture.ambiguously_referring(_feature("ENABLED"), {"detector_id": ["aws_guardduty_detector.d"]}), _hub],
			{["aws_guardduty_detector.d", "pass"], ["aws_guardduty_detector.d", "unknown"], _has_hub},
		],
		"with a status not known is unknown": [
			[_detector({}), fixture.unknown(_feature(null), [["status"]]), _hub],
			{["aws_guardduty_detector.d", "pass"], ["aws_guardduty_detector_feature.f", "unknown"], _has_hub},
		],
		"not in the plan is unknown": [[_hub], {["plan", "unknown"], _has_hub}],
		"without Security Hub is unknown": [
			[_detector({}), _feature("ENABLED")],
			{["aws_guardduty_detector.d", "pass"], ["aws_guardduty_detector_feature.f", "pass"], ["plan", "unknown"]},
		],
	}
	plan := fixture.plan(array.concat([fixture.tagged_bucket("raw", "record")], case[0]))
	{[found.address, found.status] | some found in control.answers} == case[1] with input as plan
	not control.not_applicable with input as plan
}

test_every_region_counts if {
	elsewhere := object.union(fixture.tagged_bucket("evidence", "evidence"), {"region": "eu-central-1"})
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), elsewhere, _detector({}), _feature("ENABLED"), _hub])
	{found.expected | some found in control.answers; found.status == "unknown"} == {"GuardDuty in eu-central-1", "Security Hub in eu-central-1"} with input as plan
}

test_a_region_not_known_is_unknown if {
	elsewhere := object.union(fixture.tagged_bucket("raw", "record"), {"region": null})
	{[found.address, found.status] | some found in control.answers} == {["aws_s3_bucket.raw", "unknown"]} with input as fixture.plan([elsewhere])
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record-bearing bucket in the plan": fixture.plan([_detector({"enable": false}), _hub]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_has_hub := ["aws_securityhub_account.h", "pass"]

_hub := fixture.resource("aws_securityhub_account", "h", {})

_detector(values) := fixture.resource("aws_guardduty_detector", "d", object.union({"enable": true}, values))

_feature(status) := object.union(
	fixture.resource("aws_guardduty_detector_feature", "f", {"name": "S3_DATA_EVENTS", "status": status}),
	{"refs": {"detector_id": [{"address": "aws_guardduty_detector.d", "attribute": "id", "ambiguous": false}]}},
)

test_what_is_asked[name] if {
	raw := fixture.tagged_bucket("raw", "record")
	detector := "aws_guardduty_detector.d"
	enabled := answer.passed(detector, "enable", "true", "true")
	hub := answer.passed("aws_securityhub_account.h", "enable_default_standards", "Security Hub", "in the plan")
	some name, case in {
		"a feature": [[raw, _detector({}), _feature("ENABLED"), _hub], {enabled, hub, answer.passed("aws_guardduty_detector_feature.f", "status", "ENABLED", "ENABLED")}],
		"the older block": [
			[raw, _detector({"datasources": [{"s3_logs": [{"enable": true}]}]}), _hub],
			{enabled, hub, answer.passed(detector, "datasources.s3_logs.enable", "true", "true")},
		],
		"a feature of some instance": [
			[raw, _detector({}), fixture.ambiguously_referring(_feature("ENABLED"), {"detector_id": [detector]}), _hub],
			{enabled, hub, answer.unknown(detector, "datasources.s3_logs.enable", "true", "feature of some instance")},
		],
		"nothing there": [[raw], {
			answer.unknown("plan", "enable", "GuardDuty in eu-west-1", "not in the plan"),
			answer.unknown("plan", "enable_default_standards", "Security Hub in eu-west-1", "not in the plan"),
		}],
		"a region not known": [[object.union(raw, {"region": null})], {answer.unknown("aws_s3_bucket.raw", "bucket", "a known region", "known after apply")}],
	}
	control.answers == case[1] with input as fixture.plan(case[0])
}
