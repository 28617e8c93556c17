# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_19_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_19 as control

test_endpoints_of_a_vpc[name] if {
	some name, case in {
		"one passes": [[_in_vpc(_endpoint("s3"))], "pass", "aws_vpc_endpoint.e"],
		"none fails": [[], "fail", "none"],
		"one of another service fails": [[fixture.unknown(_in_vpc(_endpoint("ssm")), [["vpc_id"]])], "fail", "none"],
		"one in a VPC of another plan fails": [
			[fixture.resource("aws_vpc_endpoint", "e", {"vpc_id": "vpc-9", "service_name": "com.amazonaws.eu-west-1.s3"})],
			"fail",
			"none",
		],
		"one of another VPC fails": [[fixture.referring(_endpoint("s3"), {"vpc_id": ["aws_vpc.w"]})], "fail", "none"],
		"one of a service not known is unknown": [
			[fixture.unknown(_in_vpc(fixture.resource("aws_vpc_endpoint", "e", {})), [["service_name"]])],
			"unknown",
			"an endpoint known after apply",
		],
		"one in a VPC not known is unknown": [
			[fixture.unknown(_endpoint("s3"), [["vpc_id"]])],
			"unknown",
			"an endpoint known after apply",
		],
	}
	plan := fixture.plan(array.concat([_function, _subnet, fixture.bucket("raw", {})], case[0]))
	found := {[one.status, one.actual] | some one in control.answers; one.attribute == "endpoint for s3"} with input as plan
	found == {[case[1], case[2]]}
	not control.not_applicable with input as plan
}

test_only_services_in_use_need_an_endpoint if {
	plan := fixture.plan([_function, _subnet, fixture.resource("aws_kms_key", "k", {}), fixture.resource("aws_dynamodb_table", "t", {})])
	{one.attribute | some one in control.answers} == {"endpoint for kms", "endpoint for dynamodb"} with input as plan
}

test_policies_of_endpoints[name] if {
	some name, case in {
		"named buckets pass": [_allow({"resources": ["arn:aws:s3:::acme-raw/*"]}), "pass", "named resources or owners"],
		"keys of the account pass": [_allow({"resources": ["arn:aws:kms:eu-west-1:111122223333:key/*"]}), "pass", "named resources or owners"],
		"a bucket of the plan passes": [_allow({"resources": ["${aws_s3_bucket.raw.arn}/*"]}), "pass", "named resources or owners"],
		"resources of the account pass": [
			_allow({"resources": ["*"], "conditions": [{"operator": "StringEquals", "key": "aws:resourceaccount", "values": ["111122223333"]}]}),
			"pass",
			"named resources or owners",
		],
		"a Deny passes": [_allow({"effect": "Deny", "resources": ["*"]}), "pass", "named resources or owners"],
		"everything fails": [_allow({"resources": ["*"]}), "fail", "any resource of anybody"],
		"all buckets fail": [_allow({"resources": ["arn:aws:s3:::*"]}), "fail", "any resource of anybody"],
		"keys of anybody fail": [_allow({"resources": ["arn:aws:kms:*:*:key/*"]}), "fail", "any resource of anybody"],
		"everything but one fails": [_allow({"notResources": ["arn:aws:s3:::acme-raw"]}), "fail", "any resource of anybody"],
		"not known in full is unknown": [_allow({"partial": true}), "unknown", "not readable before apply"],
		"reads of anybody's objects in the VPC fail": [
			_allow({"resources": ["*"], "conditions": [{"operator": "StringEquals", "key": "aws:sourcevpc", "values": ["vpc-1"]}]}),
			"fail",
			"any resource of anybody",
		],
	}
	plan := fixture.with_policies(fixture.plan([_endpoint("s3")]), [{
		"address": "aws_vpc_endpoint.e",
		"attribute": "policy",
		"use": "endpoint",
		"subjects": ["aws_vpc_endpoint.e"],
		"statements": [case[0]],
	}])
	control.answers == {_answer("aws_vpc_endpoint.e", case[1], _restrictive, case[2])} with input as plan
}

test_an_endpoint_without_a_policy_fails[name] if {
	some name, endpoint in {
		"of a known service": _endpoint("dynamodb"),
		"of a service not known": fixture.unknown(fixture.resource("aws_vpc_endpoint", "e", {}), [["service_name"]]),
	}
	control.answers == {answer.failed("aws_vpc_endpoint.e", "policy", _restrictive, "not set: everything is allowed")} with input as fixture.plan([endpoint])
}

test_an_endpoint_of_another_service_is_not_judged if {
	control.answers == set() with input as fixture.plan([_endpoint("ssm")])
}

test_buckets_beside_an_endpoint[name] if {
	some name, case in {
		"a Deny passes": [[_vpce], "pass", "denied"],
		"a Deny with services excepted passes": [[_vpce, {"operator": "Bool", "key": "aws:viaawsservice", "values": ["false"]}], "pass", "denied"],
		"a Deny with another condition fails": [[_vpce, {"operator": "Bool", "key": "aws:securetransport", "values": ["false"]}], "fail", _none],
		"a Deny of the endpoint itself fails": [[object.union(_vpce, {"operator": "StringEquals"})], "fail", _none],
		"a Deny to all but one role passes": [[_but("ArnNotEquals", "arn:aws:iam::111122223333:role/r")], "pass", "denied"],
		"a Deny to all but one role, and services, passes": [
			[_but("StringNotEquals", "arn:aws:iam::111122223333:role/r"), {"operator": "Bool", "key": "aws:viaawsservice", "values": ["false"]}],
			"pass",
			"denied",
		],
		"a Deny to all but a pattern fails": [[_but("ArnNotEquals", "arn:aws:iam::111122223333:role/*")], "fail", _none],
		"a Deny to one role fails": [[_but("ArnEquals", "arn:aws:iam::111122223333:role/r")], "fail", _none],
		"a Deny to all but one role under another condition fails": [
			[_but("ArnNotEquals", "arn:aws:iam::111122223333:role/r"), {"operator": "Bool", "key": "aws:securetransport", "values": ["false"]}],
			"fail",
			_none,
		],
		"no condition fails": [[], "fail", _none],
		"a Deny from outside the VPC passes": [[object.union(_vpce, {"key": "aws:sourcevpc"})], "pass", "denied"],
	}
	plan := _with_bucket({"statements": [_deny({"conditions": case[0]})]})
	_answer("aws_s3_bucket.raw", case[1], _guard, case[2]) in control.answers with input as plan
}

test_a_narrow_deny_beside_an_endpoint_fails[name] if {
	some name, fields in {
		"of one role": {"principals": [{"type": "AWS", "value": "arn:aws:iam::111122223333:role/r"}]},
		"of one prefix": {"resources": ["arn:aws:s3:::raw/lab/*"]},
		"of writing": {"actions": ["s3:putobject"]},
	}
	plan := _with_bucket({"statements": [_deny(object.union({"conditions": [_vpce]}, fields))]})
	_answer("aws_s3_bucket.raw", "fail", _guard, _none) in control.answers with input as plan
}

test_a_bucket_policy_not_known_is_unknown if {
	plan := _with_bucket({"origin": "unknown", "statements": []})
	_answer("aws_s3_bucket.raw", "unknown", _guard, "not readable before apply") in control.answers with input as plan
}

test_versions_are_read_as_well[action] if {
	some action, other in {"s3:getobject": "s3:getobjectversion", "s3:getobjectversion": "s3:getobject"}
	plan := _with_bucket({"statements": [_deny({"actions": [action], "conditions": [_vpce]})]})
	_answer("aws_s3_bucket.raw", "fail", _guard, $"no such Deny of {other}") in control.answers with input as plan
}

test_two_denies_guard_together if {
	plan := _with_bucket({"statements": [_deny({"actions": [action], "conditions": [_vpce]}) | some action in ["s3:getobject", "s3:getobjectversion"]]})
	_answer("aws_s3_bucket.raw", "pass", _guard, "denied") in control.answers with input as plan
}

test_a_plan_that_receives_data_needs_no_endpoint_to_be_judged[role] if {
	some role, judged in {"ingest": true, "sign": false}
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), fixture.tagged_bucket("inbox", "inbox"), fixture.resource("aws_lambda_function", "f", {"tags": {"Part11Role": role}})])
	found := {_answer($"aws_s3_bucket.{name}", "fail", _guard, _none) | some name in ["raw", "inbox"]; judged}
	control.answers == found with input as plan
}

test_unblinded_buckets_and_copies_are_always_judged if {
	plan := fixture.plan([
		fixture.tagged_bucket("raw", "record"),
		fixture.bucket("arms", {"tags": {"BucketRole": "record", "Blinding": "unblinded"}}),
		fixture.bucket("raw-copy", {"tags": {"BucketRole": "replica", "Blinding": "unblinded"}}),
		fixture.copying_to("raw-copy"),
	])
	control.answers == {_answer($"aws_s3_bucket.{name}", "fail", _guard, _none) | some name in ["arms", "raw-copy"]} with input as plan
}

test_buckets_without_an_endpoint_are_not_judged if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "record")])
	control.not_applicable == "no VPC endpoint of S3, KMS or DynamoDB, or VPC in which data is processed in the plan" with input as plan
	control.answers == set() with input as plan
}

_with_bucket(fields) := fixture.with_policies(
	fixture.plan([_endpoint("s3"), fixture.tagged_bucket("raw", "record")]),
	[object.union({"address": "aws_s3_bucket_policy.p", "attribute": "policy", "use": "resource", "subjects": ["aws_s3_bucket.raw"]}, fields)],
)

_but(operator, arn) := {"operator": operator, "key": "aws:principalarn", "values": [arn]}

_deny(fields) := fixture.statement(object.union(
	{
		"effect": "Deny",
		"principals": [{"type": "*", "value": "*"}],
		"actions": ["s3:*"],
		"resources": ["arn:aws:s3:::raw", "arn:aws:s3:::raw/*"],
	},
	fields,
))

_vpce := {"operator": "StringNotEquals", "key": "aws:sourcevpce", "values": ["vpce-1"]}

_function := fixture.referring(fixture.resource("aws_lambda_function", "f", {}), {"vpc_config.subnet_ids": ["aws_subnet.s"]})

_subnet := fixture.referring(fixture.resource("aws_subnet", "s", {}), {"vpc_id": ["aws_vpc.v"]})

_in_vpc(endpoint) := fixture.referring(endpoint, {"vpc_id": ["aws_vpc.v"]})

_endpoint(service) := fixture.resource("aws_vpc_endpoint", "e", {"service_name": $"com.amazonaws.eu-west-1.{service}"})

_allow(overrides) := fixture.statement(object.union({"principals": [{"type": "*", "value": "*"}], "actions": ["s3:*"]}, overrides))

_answer(address, status, expected, actual) := {
	"address": address,
	"attribute": "policy",
	"status": status,
	"expected": expected,
	"actual": actual,
}

_restrictive := "a policy that names resources or whose they are"

_none := "no such Deny of s3:getobject, s3:getobjectversion"

_guard := "a Deny of reading objects and versions from outside the endpoint, or by all but exact principals"

test_owners_restrict_an_endpoint[key] if {
	some key in [
		"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:resourceaccount", "aws:resourceorgid",
		"kms:calleraccount", "s3:resourceaccount",
	]
	value := {true: "arn:aws:iam::111122223333:role/r", false: "111122223333"}[key == "aws:principalarn"]
	plan := fixture.with_policies(fixture.plan([_endpoint("s3")]), [{
		"address": "aws_vpc_endpoint.e",
		"attribute": "policy",
		"use": "endpoint",
		"subjects": ["aws_vpc_endpoint.e"],
		"statements": [_allow({"resources": ["*"], "conditions": [{"operator": "StringEquals", "key": key, "values": [value]}]})],
	}])
	{found.status | some found in control.answers} == {"pass"} with input as plan
}

test_exceptions_of_a_deny[key] if {
	some key in ["aws:principalarn", "aws:principalisawsservice", "aws:sourcevpc", "aws:viaawsservice"]
	plan := _with_bucket({"statements": [_deny({"conditions": [_vpce, {"operator": "StringNotLike", "key": key, "values": ["x"]}]})]})
	_answer("aws_s3_bucket.raw", "pass", _guard, "denied") in control.answers with input as plan
}

test_a_deny_of_reading_alone_guards if {
	plan := _with_bucket({"statements": [_deny({"actions": ["s3:getobject", "s3:getobjectversion"], "conditions": [_vpce]})]})
	_answer("aws_s3_bucket.raw", "pass", _guard, "denied") in control.answers with input as plan
}

test_every_service_of_data_needs_a_policy[service] if {
	some service in ["dynamodb", "kms", "kms-fips", "s3"]
	{found.status | some found in control.answers} == {"fail"} with input as fixture.plan([_endpoint(service)])
}

test_airflow_in_a_vpc_needs_endpoints if {
	airflow := fixture.referring(fixture.resource("aws_mwaa_environment", "m", {}), {"network_configuration.subnet_ids": ["aws_subnet.s"]})
	plan := fixture.plan([airflow, _subnet, fixture.bucket("raw", {})])
	{[found.address, found.attribute] | some found in control.answers} == {["aws_vpc.v", "endpoint for s3"]} with input as plan
}
