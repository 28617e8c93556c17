# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_10_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_10 as control

test_a_separate_bucket_passes if {
	control.answers == {answer.passed(_address, "target_bucket", _expected, "aws_s3_bucket.logs")} with input as _plan({}, [_delivery])
	not control.not_applicable with input as _plan({}, [_delivery])
}

test_targets[name] if {
	some name, case in {
		"the bucket itself fails": [{"logging": _logging("raw")}, "fail", "the bucket itself"],
		"a bucket elsewhere is unknown": [{"logging": _logging("elsewhere")}, "unknown", "target not in the plan"],
		"a lock-enabled bucket fails": [
			{"target": fixture.bucket("logs", {"object_lock_enabled": true})},
			"fail",
			"a bucket with Object Lock",
		],
		"a locked bucket fails": [
			{"lock": fixture.lock("logs", {"mode": "COMPLIANCE", "days": 1})},
			"fail",
			"a bucket with Object Lock",
		],
		"SSE-KMS fails": [{"encryption": _encryption("aws:kms")}, "fail", "a bucket encrypted with aws:kms"],
		"AES256 passes": [{"encryption": _encryption("AES256")}, "pass", "aws_s3_bucket.logs"],
		"encryption not known is unknown": [
			{"encryption": fixture.unknown(
				_encryption(null),
				[["rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"]],
			)},
			"unknown",
			"lock, encryption or policy of the target not known",
		],
		"a lock of another instance is unknown": [
			{"lock": fixture.ambiguously_referring(fixture.lock("logs", {}), {"bucket": ["aws_s3_bucket.logs"]})},
			"unknown",
			"lock, encryption or policy of the target not known",
		],
		"SSE-KMS beside AES256 fails": [
			{"encryption": _encryption("AES256"), "another": object.union(_encryption("aws:kms"), {"name": "another"})},
			"fail",
			"a bucket encrypted with aws:kms",
		],
		"encryption of another instance is unknown": [
			{"encryption": fixture.ambiguously_referring(_encryption("AES256"), {"bucket": ["aws_s3_bucket.logs"]})},
			"unknown",
			"lock, encryption or policy of the target not known",
		],
		"a policy of another instance is unknown": [
			{"policy": fixture.ambiguously_referring(fixture.part("aws_s3_bucket_policy", "other", "logs", {}), {"bucket": ["aws_s3_bucket.logs"]})},
			"unknown",
			"lock, encryption or policy of the target not known",
		],
	}
	{[found.status, found.actual] | some found in control.answers} == {[case[1], case[2]]} with input as _plan(case[0], [_delivery])
}

test_policies[name] if {
	some name, case in {
		"nobody delivers": [[fixture.statement({"effect": "Deny"})], "fail", "a bucket that the logging service may not write"],
		"others write": [
			[_delivery, fixture.statement({"actions": ["s3:*"], "principals": [{"type": "AWS", "value": "arn:aws:iam::1:root"}]})],
			"fail",
			"a bucket that others may write: arn:aws:iam::1:root",
		],
		"any account": [[object.union(_delivery, {"conditions": []})], "fail", "a bucket that any account's logs may enter"],
		"not known in full": [
			[object.union(_delivery, {"partial": true})],
			"unknown",
			"lock, encryption or policy of the target not known",
		],
		"others put": [
			[_delivery, fixture.statement({"actions": ["s3:putobject"], "principals": [{"type": "AWS", "value": "arn:aws:iam::1:root"}]})],
			"fail",
			"a bucket that others may write: arn:aws:iam::1:root",
		],
	}
	{[found.status, found.actual] | some found in control.answers} == {[case[1], case[2]]} with input as _plan({}, case[0])
}

test_no_access_logging_is_not_applicable if {
	control.not_applicable == "no access logging in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_address := "aws_s3_bucket_logging.raw"

_expected := "another bucket, unlocked, AES256, written by the logging service only"

_logging(target) := fixture.part("aws_s3_bucket_logging", "raw", "raw", {"target_bucket": target})

_encryption(algorithm) := fixture.part("aws_s3_bucket_server_side_encryption_configuration", "logs", "logs", {"rule": [{
	"apply_server_side_encryption_by_default": [{"sse_algorithm": algorithm}],
}]})

_delivery := fixture.statement({
	"actions": ["s3:putobject"],
	"principals": [{"type": "Service", "value": "logging.s3.amazonaws.com"}],
	"conditions": [{"operator": "StringEquals", "key": "aws:sourceaccount", "values": ["111122223333"]}],
})

_plan(changes, statements) := fixture.with_policies(
	fixture.plan([of |
		some of in object.union(
			{"source": fixture.bucket("raw", {}), "target": fixture.bucket("logs", {}), "logging": _logging("logs")},
			changes,
		)
	]),
	[{
		"address": "aws_s3_bucket_policy.logs",
		"attribute": "policy",
		"use": "resource",
		"subjects": ["aws_s3_bucket.logs"],
		"statements": statements,
	}],
)
