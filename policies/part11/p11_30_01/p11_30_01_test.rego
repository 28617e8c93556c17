# SPDX-License-Identifier: Apache-2.0

package part11.p11_30_01_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_30_01 as control

test_bucket_passes if {
	control.answers == {
		answer.passed("aws_s3_bucket.raw", "policy", _http, "denied"),
		answer.passed("aws_s3_bucket.raw", "policy", _tls, "denied"),
	} with input as _plan([_deny_http, _deny_tls])
	not control.not_applicable with input as _plan([])
}

test_bucket_statements[name] if {
	some name, case in {
		"no statement": [[], _http, "fail", "not denied"],
		"plain HTTP on objects only": [
			[object.union(_deny_http, {"resources": ["arn:aws:s3:::raw/*"]})],
			_http,
			"fail",
			"not denied",
		],
		"plain HTTP on the bucket only": [
			[object.union(_deny_http, {"resources": ["arn:aws:s3:::raw"]})],
			_http,
			"fail",
			"not denied",
		],
		"plain HTTP in two statements": [
			[
				object.union(_deny_http, {"resources": ["arn:aws:s3:::raw"]}),
				object.union(_deny_http, {"resources": ["arn:aws:s3:::raw/*"]}),
			],
			_http,
			"pass",
			"denied",
		],
		"plain HTTP for reads": [[object.union(_deny_http, {"actions": ["s3:getobject"]})], _http, "fail", "not denied"],
		"TLS below 1.1": [
			[object.union(_deny_tls, {"conditions": [{"operator": "NumericLessThan", "key": "s3:tlsversion", "values": ["1.1"]}]})],
			_tls,
			"fail",
			"not denied",
		],
		"TLS not known": [[_deny_http, object.union(_deny_tls, {"partial": true})], _tls, "unknown", "policy not known in full"],
		"plain HTTP for actions of one character": [[object.union(_deny_http, {"actions": ["s3:?"]})], _http, "fail", "not denied"],
		"TLS for actions of one character": [[object.union(_deny_tls, {"actions": ["s3:?"]})], _tls, "fail", "not denied"],
		"plain HTTP by another wildcard": [[object.union(_deny_http, {"actions": ["s?:*"]})], _http, "pass", "denied"],
		"TLS by another wildcard": [[object.union(_deny_tls, {"actions": ["s?:*"]})], _tls, "pass", "denied"],
	}
	expected := {"address": "aws_s3_bucket.raw", "attribute": "policy", "status": case[2], "expected": case[1], "actual": case[3]}
	expected in control.answers with input as _plan(case[0])
	count(control.answers) == 2 with input as _plan(case[0])
}

test_a_policy_of_another_instance_is_unknown if {
	plan := fixture.plan([
		fixture.bucket("raw", {}),
		fixture.ambiguously_referring(
			fixture.unknown(fixture.resource("aws_s3_bucket_policy", "raw", {}), [["bucket"]]),
			{"bucket": ["aws_s3_bucket.raw"]},
		),
	])
	{found.status | some found in control.answers} == {"unknown"} with input as plan
}

test_perhaps_another_policy_is_unknown if {
	other := fixture.unknown(fixture.resource("aws_s3_bucket_policy", "other", {}), [["bucket"]])
	plan := fixture.with_policies(fixture.plan([fixture.bucket("raw", {}), other]), [_policy([_deny_http, _deny_tls])])
	{[found.attribute, found.actual] | some found in control.answers} == {["policy", "perhaps another policy"]} with input as plan
}

test_queues_and_topics[name] if {
	some name, case in {
		"queue by name": ["aws_sqs_queue", {"actions": ["sqs:*"], "resources": ["arn:aws:sqs:eu-west-1:1:it"]}, "pass", "denied"],
		"queue by reference": ["aws_sqs_queue", {"actions": ["sqs:*"], "resources": ["${aws_sqs_queue.it.arn}"], "refs": ["aws_sqs_queue.it"]}, "pass", "denied"],
		"queue by wildcard": ["aws_sqs_queue", {"actions": ["sqs:*"], "resources": ["*"]}, "pass", "denied"],
		"queue, another one": ["aws_sqs_queue", {"actions": ["sqs:*"], "resources": ["arn:aws:sqs:eu-west-1:1:other"]}, "fail", "not denied"],
		"queue, one action": ["aws_sqs_queue", {"actions": ["sqs:sendmessage"], "resources": ["*"]}, "fail", "not denied"],
		"queue not known": ["aws_sqs_queue", {"actions": ["sqs:*"], "partial": true}, "unknown", "policy not known in full"],
		"topic": ["aws_sns_topic", {"actions": ["sns:publish"], "resources": ["*"]}, "pass", "denied"],
		"topic, another action": ["aws_sns_topic", {"actions": ["sns:subscribe"], "resources": ["*"]}, "fail", "not denied"],
		"queue, actions of one character": ["aws_sqs_queue", {"actions": ["sqs:?"], "resources": ["*"]}, "fail", "not denied"],
		"queue, every action by another wildcard": ["aws_sqs_queue", {"actions": ["s?s:*"], "resources": ["*"]}, "pass", "denied"],
	}
	address := $"{case[0]}.it"
	plan := fixture.with_policies(fixture.plan([fixture.resource(case[0], "it", {"name": "it"})]), [{
		"address": address,
		"attribute": "policy",
		"use": "resource",
		"subjects": [address],
		"statements": [_deny(object.union(case[1], {"conditions": [_plain]}))],
	}])
	control.answers == {{"address": address, "attribute": "policy", "status": case[2], "expected": _http, "actual": case[3]}} with input as plan
}

test_nothing_to_judge_is_not_applicable if {
	control.not_applicable == "no bucket, queue or topic in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_http := "plain HTTP denied to everybody"

_tls := "TLS below 1.2 denied to everybody"

_plain := {"operator": "Bool", "key": "aws:securetransport", "values": ["false"]}

_deny(overrides) := fixture.statement(object.union({"effect": "Deny", "principals": [{"type": "*", "value": "*"}]}, overrides))

_both := ["arn:aws:s3:::raw", "arn:aws:s3:::raw/*"]

_deny_http := _deny({"actions": ["s3:*"], "resources": _both, "conditions": [_plain]})

_deny_tls := _deny({
	"actions": ["s3:*"],
	"resources": _both,
	"conditions": [{"operator": "NumericLessThan", "key": "s3:tlsversion", "values": ["1.2"]}],
})

_plan(statements) := fixture.with_policies(fixture.plan([fixture.bucket("raw", {})]), [_policy(statements)])

_policy(statements) := {
	"address": "aws_s3_bucket_policy.raw",
	"attribute": "policy",
	"use": "resource",
	"subjects": ["aws_s3_bucket.raw"],
	"statements": statements,
}
