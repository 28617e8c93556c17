# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_07_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_07 as control

test_bucket_policy[name] if {
	some name, case in {
		"the log service passes": [[_delivery], answer.passed(_audit, "policy", _expected, "log services, each from its source")],
		"a role on its own prefix passes": [
			[_delivery, _put({"principals": _aws("arn:aws:iam::1:role/mirror"), "resources": ["arn:aws:s3:::audit/mirror/*"]})],
			answer.passed(_audit, "policy", _expected, "log services, each from its source"),
		],
		"a role on the logs fails": [
			[_delivery, _put({"principals": _aws("arn:aws:iam::1:role/mirror"), "resources": ["arn:aws:s3:::audit/*"]})],
			answer.failed(_audit, "policy", _expected, "arn:aws:iam::1:role/mirror"),
		],
		"a role below the trail's prefix fails": [
			[_delivery, _put({"principals": _aws("arn:aws:iam::1:role/mirror"), "resources": ["arn:aws:s3:::audit/org/AWSLogs/1/*"]})],
			answer.failed(_audit, "policy", _expected, "arn:aws:iam::1:role/mirror"),
		],
		"everybody but one fails": [
			[_delivery, _put({"notPrincipals": _aws("arn:aws:iam::1:role/mirror")})],
			answer.failed(_audit, "policy", _expected, "everybody but some"),
		],
		"another service fails": [
			[_put({"principals": _service("events.amazonaws.com")})],
			answer.failed(_audit, "policy", _expected, "events.amazonaws.com"),
		],
		"the log service from any source fails": [
			[_put({"principals": _service("cloudtrail.amazonaws.com")})],
			answer.failed(_audit, "policy", _expected, "cloudtrail.amazonaws.com from any source"),
		],
		"what is not known in full is unknown": [
			[object.union(_delivery, {"partial": true})],
			answer.unknown(_audit, "policy", _expected, "policy not known in full"),
		],
		"a trail that is refused fails": [
			[_delivery, fixture.statement({
				"effect": "Deny",
				"actions": ["s3:put*"],
				"resources": ["arn:aws:s3:::audit/org/*"],
				"principals": [{"type": "*", "value": "*"}],
			})],
			answer.failed(_audit, "policy", _expected, "aws_cloudtrail.t: s3:PutObject is denied to it"),
		],
		"another log service alone fails": [
			[object.union(_delivery, {"principals": _service("config.amazonaws.com")})],
			answer.failed(
				_audit,
				"policy",
				_expected,
				"aws_cloudtrail.t: s3:GetBucketAcl is not allowed to it, s3:PutObject is not allowed to it",
			),
		],
		"nobody delivers fails": [
			[fixture.statement({"effect": "Deny"}), fixture.statement({"actions": ["s3:getobject"]})],
			answer.failed(_audit, "policy", _expected, "no policy lets a log service deliver"),
		],
	}
	control.answers == {case[1]} with input as _plan(case[0], [], "plan")
	not control.not_applicable with input as _plan(case[0], [], "plan")
}

test_roles[name] if {
	some name, case in {
		"a prefix of its own passes": [[_put({"resources": ["arn:aws:s3:::audit/mirror/*"]})], "plan", set()],
		"the logs fail": [
			[_put({"resources": ["arn:aws:s3:::audit/AWSLogs/*"]})],
			"plan",
			{answer.failed("aws_iam_role_policy.mirror", "policy", _expected, "aws_iam_role.mirror may put into aws_s3_bucket.audit")},
		],
		"the whole bucket fails": [
			[_put({"actions": ["s3:*"]})],
			"plan",
			{answer.failed("aws_iam_role_policy.mirror", "policy", _expected, "aws_iam_role.mirror may put into aws_s3_bucket.audit")},
		],
		"replicating into it fails": [
			[_put({"actions": ["s3:replicateobject"]})],
			"plan",
			{answer.failed("aws_iam_role_policy.mirror", "policy", _expected, "aws_iam_role.mirror may put into aws_s3_bucket.audit")},
		],
		"what else is not known yet passes": [
			[fixture.statement({"actions": ["logs:putlogevents"], "partial": true})],
			"plan",
			set(),
		],
		"a policy not known is unknown": [
			[],
			"unknown",
			{answer.unknown("aws_iam_role.mirror", "policy", _expected, "not known: aws_iam_role_policy.mirror")},
		],
		"the logs of one account fail": [
			[_put({"resources": ["arn:aws:s3:::audit/AWSLogs/111122223333/*"]})],
			"plan",
			{answer.failed("aws_iam_role_policy.mirror", "policy", _expected, "aws_iam_role.mirror may put into aws_s3_bucket.audit")},
		],
	}
	passed := answer.passed(_audit, "policy", _expected, "log services, each from its source")
	control.answers == {passed} | case[2] with input as _plan([_delivery], case[0], case[1])
}

test_a_policy_of_a_principal_outside_the_plan[name] if {
	some name, case in {
		"putting log files": [{"statements": [_put({})]}, "fail", $"a principal outside the plan may put into {_audit}"],
		"not readable": [{"origin": "unknown", "statements": []}, "unknown", "text not known"],
	}
	elsewhere := object.union({"address": "aws_iam_role_policy.e", "attribute": "policy", "use": "identity", "subjects": []}, case[0])
	plan := fixture.with_policies(fixture.plan([fixture.tagged_bucket("audit", "audit")]), [elsewhere])
	some found in control.answers with input as plan
	[found.address, found.status, found.actual] == ["aws_iam_role_policy.e", case[1], case[2]]
}

test_a_policy_of_another_instance_is_unknown if {
	plan := fixture.plan([
		fixture.tagged_bucket("audit", "audit"),
		fixture.ambiguously_referring(
			fixture.unknown(fixture.resource("aws_s3_bucket_policy", "audit", {}), [["bucket"]]),
			{"bucket": [_audit]},
		),
	])
	control.answers == {answer.unknown(_audit, "policy", _expected, "policy not known in full")} with input as plan
}

test_no_audit_bucket_is_not_applicable if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "record")])
	control.not_applicable == "no audit bucket in the plan" with input as plan
	control.answers == set() with input as plan
}

_audit := "aws_s3_bucket.audit"

_expected := "PutObject by log services only"

_aws(value) := [{"type": "AWS", "value": value}]

_service(value) := [{"type": "Service", "value": value}]

_put(overrides) := object.union(fixture.statement({"actions": ["s3:putobject"], "resources": ["arn:aws:s3:::audit/*"]}), overrides)

_delivery := _put({
	"actions": ["s3:getbucketacl", "s3:putobject"],
	"resources": ["arn:aws:s3:::audit", "arn:aws:s3:::audit/*"],
	"principals": _service("cloudtrail.amazonaws.com"),
	"conditions": [{"operator": "StringEquals", "key": "aws:sourceaccount", "values": ["111122223333"]}],
})

_plan(on_bucket, of_role, origin) := fixture.with_policies(
	fixture.plan([
		fixture.tagged_bucket("audit", "audit"),
		fixture.resource("aws_iam_role", "mirror", {"name": "mirror", "path": "/"}),
		fixture.resource("aws_cloudtrail", "t", {"s3_bucket_name": "audit", "s3_key_prefix": "org"}),
	]),
	[
		{
			"address": "aws_s3_bucket_policy.audit",
			"attribute": "policy",
			"use": "resource",
			"subjects": [_audit],
			"statements": on_bucket,
		},
		{
			"address": "aws_iam_role_policy.mirror",
			"attribute": "policy",
			"use": "identity",
			"origin": origin,
			"subjects": ["aws_iam_role.mirror"],
			"statements": of_role,
		},
	],
)

test_every_log_service_may_deliver[service] if {
	some service in ["cloudtrail.amazonaws.com", "config.amazonaws.com", "delivery.logs.amazonaws.com"]
	delivery := object.union(_delivery, {"principals": _service(service)})
	control.answers == {answer.passed(_audit, "policy", _expected, "log services, each from its source")} with input as _plan([_delivery, delivery], [], "plan")
}
