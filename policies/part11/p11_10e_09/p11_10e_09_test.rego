# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_09_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_09 as control

test_retention[name] if {
	some name, case in {
		"never expires": [_group({"retention_in_days": 0}), answer.passed(_address, _days, _expected, "never expires")],
		"long enough": [_group({"retention_in_days": 3653}), answer.passed(_address, _days, _expected, "3653 days")],
		"just long enough": [_group({"retention_in_days": 2557}), answer.passed(_address, _days, _expected, "2557 days")],
		"too short": [_group({"retention_in_days": 365}), answer.failed(_address, _days, _expected, "365 days")],
		"not set": [_group({}), answer.unknown(_address, _days, _expected, "not set")],
		"not known": [fixture.unknown(_group({}), [[_days]]), answer.unknown(_address, _days, _expected, "known after apply")],
	}
	case[1] in control.answers with input as fixture.plan([case[0]])
	count(control.answers) == 4 with input as fixture.plan([case[0]])
	not control.not_applicable with input as fixture.plan([case[0]])
}

test_the_longest_record_class_counts if {
	bucket := fixture.bucket("tmf", {"tags": {"BucketRole": "record", "RecordClass": "tmf"}})
	plan := fixture.plan([bucket, _group({"retention_in_days": 3653})])
	answer.failed(_address, _days, "0 (never expires) or >= 9132 days", "3653 days") in control.answers with input as plan
}

test_encryption[name] if {
	some name, case in {
		"a key passes": [_group({"kms_key_id": "arn:k"}), answer.passed(_address, "kms_key_id", "a KMS key", "set")],
		"a key known after apply passes": [
			fixture.unknown(_group({}), [["kms_key_id"]]),
			answer.passed(_address, "kms_key_id", "a KMS key", "set"),
		],
		"none fails": [_group({}), answer.failed(_address, "kms_key_id", "a KMS key", "not set")],
	}
	case[1] in control.answers with input as fixture.plan([case[0]])
}

test_class[name] if {
	some name, case in {
		"not set is AWS's default": [_group({}), answer.passed(_address, "log_group_class", _classes, "STANDARD")],
		"seldom read": [_group({"log_group_class": "INFREQUENT_ACCESS"}), answer.passed(_address, "log_group_class", _classes, "INFREQUENT_ACCESS")],
		"kept for two days": [
			_group({"retention_in_days": 0, "log_group_class": "DELIVERY"}),
			answer.failed(_address, "log_group_class", _classes, "DELIVERY"),
		],
		"not known": [
			fixture.unknown(_group({}), [["log_group_class"]]),
			answer.unknown(_address, "log_group_class", _classes, "known after apply"),
		],
	}
	case[1] in control.answers with input as fixture.plan([case[0]])
}

test_production_groups_survive_a_destroy[name] if {
	some name, case in {
		"kept": [_group({"skip_destroy": true}), answer.passed(_address, "skip_destroy", "true", "true")],
		"destroyed": [_group({"skip_destroy": false}), answer.failed(_address, "skip_destroy", "true", "false")],
		"not set": [_group({}), answer.failed(_address, "skip_destroy", "true", "not set")],
	}
	case[1] in control.answers with input as fixture.plan([case[0]])
}

test_qualification_asks_for_a_day_and_is_disposable if {
	plan := fixture.in_environment(fixture.plan([_group({"retention_in_days": 1, "kms_key_id": "arn:k"})]), "qualification")
	control.answers == {
		answer.passed(_address, _days, "0 (never expires) or >= 1 days", "1 days"),
		answer.passed(_address, "kms_key_id", "a KMS key", "set"),
		answer.passed(_address, "log_group_class", _classes, "STANDARD"),
	} with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no log group in the plan": fixture.plan([]),
		"does not apply in development": fixture.in_environment(fixture.plan([_group({})]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_address := "aws_cloudwatch_log_group.g"

_days := "retention_in_days"

_expected := "0 (never expires) or >= 2557 days"

_classes := "STANDARD or INFREQUENT_ACCESS"

_group(values) := fixture.resource("aws_cloudwatch_log_group", "g", values)
