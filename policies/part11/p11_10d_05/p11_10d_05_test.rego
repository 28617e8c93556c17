# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_05_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_05 as control

test_answers[name] if {
	some name, case in {
		"known ids pass": {
			"server": _server("VPC", _details(["subnet-1", "subnet-2"], ["sg-1"])),
			"want": {_type("VPC", "pass"), _vpc("pass", "vpc-1"), _subnets("pass", "2"), _groups("pass", "1")},
		},
		"references pass": {
			"server": fixture.referring(
				fixture.unknown(_server("VPC", {}), [
					["endpoint_details", 0, "vpc_id"],
					["endpoint_details", 0, "subnet_ids"],
					["endpoint_details", 0, "security_group_ids"],
				]),
				{
					"endpoint_details.vpc_id": ["aws_vpc.v"],
					"endpoint_details.subnet_ids": ["aws_subnet.a", "aws_subnet.b"],
					"endpoint_details.security_group_ids": ["aws_security_group.g"],
				},
			),
			"want": {_type("VPC", "pass"), _vpc("pass", "aws_vpc.v"), _subnets("pass", "2"), _groups("pass", "1")},
		},
		"a public endpoint fails": {
			"server": fixture.resource("aws_transfer_server", "s", {"endpoint_type": "PUBLIC"}),
			"want": {_type("PUBLIC", "fail"), _vpc("fail", "not set"), _subnets("fail", "not set"), _groups("fail", "not set")},
		},
		"an endpoint of the old kind fails": {
			"server": _server("VPC_ENDPOINT", _details(["subnet-1", "subnet-2"], ["sg-1"])),
			"want": {_type("VPC_ENDPOINT", "fail"), _vpc("pass", "vpc-1"), _subnets("pass", "2"), _groups("pass", "1")},
		},
		"one subnet and no security group fail": {
			"server": _server("VPC", _details(["subnet-1"], [])),
			"want": {_type("VPC", "pass"), _vpc("pass", "vpc-1"), _subnets("fail", "1"), _groups("fail", "0")},
		},
		"subnets of another plan are unknown": {
			"server": fixture.unknown(
				_server("VPC", {"vpc_id": "vpc-1", "security_group_ids": ["sg-1"]}),
				[["endpoint_details", 0, "subnet_ids"]],
			),
			"want": {_type("VPC", "pass"), _vpc("pass", "vpc-1"), _subnets("unknown", "known after apply"), _groups("pass", "1")},
		},
		"what is no subnet does not count": {
			"server": fixture.referring(
				fixture.unknown(_server("VPC", {"vpc_id": "vpc-1", "security_group_ids": ["sg-1"]}), [["endpoint_details", 0, "subnet_ids"]]),
				{"endpoint_details.subnet_ids": ["aws_subnet.a", "aws_vpc.v"]},
			),
			"want": {_type("VPC", "pass"), _vpc("pass", "vpc-1"), _subnets("unknown", "known after apply"), _groups("pass", "1")},
		},
		"all not known is unknown": {
			"server": fixture.unknown(_server("VPC", {}), [["endpoint_type"], ["endpoint_details"]]),
			"want": {
				_type("known after apply", "unknown"), _vpc("unknown", "known after apply"),
				_subnets("unknown", "known after apply"), _groups("unknown", "known after apply"),
			},
		},
		"references to default ones pass": {
			"server": fixture.referring(
				fixture.unknown(_server("VPC", {"vpc_id": "vpc-1"}), [["endpoint_details", 0, "subnet_ids"], ["endpoint_details", 0, "security_group_ids"]]),
				{
					"endpoint_details.subnet_ids": ["aws_default_subnet.a", "aws_subnet.b"],
					"endpoint_details.security_group_ids": ["aws_default_security_group.g"],
				},
			),
			"want": {_type("VPC", "pass"), _vpc("pass", "vpc-1"), _subnets("pass", "2"), _groups("pass", "1")},
		},
	}
	plan := fixture.plan(array.concat([case.server], _network))
	control.answers == case.want with input as plan
	not control.not_applicable with input as plan
}

test_a_server_that_is_deleted_is_not_judged if {
	plan := fixture.plan([fixture.deleted(_server("PUBLIC", {}))])
	control.not_applicable == "no transfer server in the plan" with input as plan
	control.answers == set() with input as plan
}

_network := [
	fixture.resource("aws_subnet", "a", {}),
	fixture.resource("aws_subnet", "b", {}),
	fixture.resource("aws_security_group", "g", {}),
	fixture.resource("aws_default_subnet", "a", {}),
	fixture.resource("aws_default_security_group", "g", {}),
]

_server(type, details) := fixture.resource("aws_transfer_server", "s", {"endpoint_type": type, "endpoint_details": [details]})

_details(subnets, groups) := {"vpc_id": "vpc-1", "subnet_ids": subnets, "security_group_ids": groups}

_type(actual, status) := _answer("endpoint_type", status, "VPC", actual)

_vpc(status, actual) := _answer("endpoint_details.vpc_id", status, "a VPC", actual)

_subnets(status, actual) := _answer("endpoint_details.subnet_ids", status, ">= 2 named", actual)

_groups(status, actual) := _answer("endpoint_details.security_group_ids", status, ">= 1 named", actual)

_answer(attribute, status, expected, actual) := {
	"address": "aws_transfer_server.s",
	"attribute": attribute,
	"status": status,
	"expected": expected,
	"actual": actual,
}

test_the_default_fails if {
	answer.failed("aws_transfer_server.s", "endpoint_type", "VPC", "not set") in control.answers with input as fixture.plan([fixture.resource("aws_transfer_server", "s", {})])
}
