# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_13_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_13 as control

test_both_denials_pass if {
	control.answers == {
		answer.passed(_raw, "policy", _no_delete, "DenyVersionDelete"),
		answer.passed(_raw, "policy", _no_short("s3:putobject"), "a statement without Sid"),
		answer.passed(_raw, "policy", _no_short("s3:putobjectretention"), "a statement without Sid"),
	} with input as _plan("plan", [_version_delete, _short_retention("2557")])
}

test_answers[name] if {
	some name, case in {
		"no denial of version deletes": {
			"statements": [_short_retention("2557")],
			"want": {answer.failed(_raw, "policy", _no_delete, "no such statement")},
		},
		"version deletes denied only sometimes": {
			"statements": [object.union(_version_delete, {"conditions": [_tls]}), _short_retention("2557")],
			"want": {answer.failed(_raw, "policy", _no_delete, "no such statement")},
		},
		"version deletes denied on a prefix": {
			"statements": [object.union(_version_delete, {"resources": ["arn:aws:s3:::raw/a/*"]}), _short_retention("2557")],
			"want": {answer.failed(_raw, "policy", _no_delete, "no such statement")},
		},
		"threshold too low": {
			"statements": [_version_delete, _short_retention("2556")],
			"want": {
				answer.failed(_raw, "policy", _no_short("s3:putobject"), "no such statement"),
				answer.failed(_raw, "policy", _no_short("s3:putobjectretention"), "no such statement"),
			},
		},
		"only one of the writes": {
			"statements": [_version_delete, object.union(_short_retention("2557"), {"actions": ["s3:putobjectretention"]})],
			"want": {answer.failed(_raw, "policy", _no_short("s3:putobject"), "no such statement")},
		},
	}
	{found | some found in control.answers; found.status != "pass"} == case.want with input as _plan("plan", case.statements)
}

test_a_policy_that_cannot_be_read_is_unknown if {
	control.answers == {
		answer.unknown(_raw, "policy", _no_delete, "not readable before apply"),
		answer.unknown(_raw, "policy", _no_short("s3:putobject"), "not readable before apply"),
		answer.unknown(_raw, "policy", _no_short("s3:putobjectretention"), "not readable before apply"),
	} with input as _plan("unknown", [])
}

test_a_class_that_settings_do_not_hold_is_unknown if {
	bucket := fixture.bucket("raw", {"tags": {"BucketRole": "record", "RecordClass": "unheard-of"}})
	answer.unknown(_raw, "tags", "a record class of the settings", "not known") in control.answers with input as fixture.plan([bucket])
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record-bearing bucket in the plan": fixture.plan([fixture.tagged_bucket("results", "results")]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_plan(origin, statements) := fixture.with_policies(
	fixture.plan([fixture.tagged_bucket("raw", "record"), fixture.part("aws_s3_bucket_policy", "raw", "raw", {})]),
	[{
		"address": "aws_s3_bucket_policy.raw",
		"attribute": "policy",
		"use": "resource",
		"origin": origin,
		"subjects": [_raw],
		"statements": statements,
	}],
)

_everyone := [{"type": "*", "value": "*"}]

_version_delete := fixture.statement({
	"sid": "DenyVersionDelete",
	"effect": "Deny",
	"principals": _everyone,
	"actions": ["s3:deleteobjectversion"],
	"resources": ["arn:aws:s3:::raw/*"],
})

_short_retention(days) := fixture.statement({
	"effect": "Deny",
	"principals": _everyone,
	"actions": ["s3:putobject", "s3:putobjectretention"],
	"resources": ["arn:aws:s3:::raw/*"],
	"conditions": [{"operator": "NumericLessThan", "key": "s3:object-lock-remaining-retention-days", "values": [days]}],
})

_tls := {"operator": "Bool", "key": "aws:securetransport", "values": ["false"]}

_no_delete := "denies s3:DeleteObjectVersion to everyone"

_no_short(action) := $"denies {action} with less than 2557 days of retention"

_raw := "aws_s3_bucket.raw"
