# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_14_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_14 as control

test_answers[name] if {
	some name, case in {
		"a log of all traffic passes": [[_log("ALL", ["aws_vpc.v"])], answer.passed(_address, "traffic_type", "ALL", "ALL")],
		"a log of what was accepted fails": [[_log("ACCEPT", ["aws_vpc.v"])], answer.failed(_address, "traffic_type", "ALL", "ACCEPT")],
		"a kind of traffic not known is unknown": [
			[fixture.unknown(_log(null, ["aws_vpc.v"]), [["traffic_type"]])],
			answer.unknown(_address, "traffic_type", "ALL", "known after apply"),
		],
		"no log fails": [[], answer.failed(_server, _name, _expected, "no flow log of its VPC")],
		"a log of another VPC fails": [[_log("ALL", ["aws_vpc.w"])], answer.failed(_server, _name, _expected, "no flow log of its VPC")],
		"a log of a VPC elsewhere fails": [
			[fixture.resource("aws_flow_log", "l", {"traffic_type": "ALL", "vpc_id": "vpc-9"})],
			answer.failed(_server, _name, _expected, "no flow log of its VPC"),
		],
		"a log that may be another's is unknown": [
			[fixture.ambiguously_referring(_log("ALL", []), {"vpc_id": ["aws_vpc.v"]})],
			answer.unknown(_server, _name, _expected, "a flow log whose VPC is known after apply"),
		],
		"a log of a VPC not known is unknown": [
			[fixture.unknown(fixture.resource("aws_flow_log", "l", {"traffic_type": "ALL"}), [["vpc_id"]])],
			answer.unknown(_server, _name, _expected, "a flow log whose VPC is known after apply"),
		],
	}
	plan := fixture.plan(array.concat([fixture.resource("aws_vpc", "v", {}), _inside(["aws_vpc.v"])], case[0]))
	control.answers == {case[1]} with input as plan
	not control.not_applicable with input as plan
}

test_a_vpc_of_another_plan[name] if {
	some name, case in {
		"with a log passes": [[fixture.resource("aws_flow_log", "l", {"vpc_id": "vpc-1", "traffic_type": "ALL"})], "pass"],
		"without one is unknown": [[], "unknown"],
	}
	server := fixture.resource("aws_transfer_server", "s", {"endpoint_details": [{"vpc_id": "vpc-1"}]})
	{found.status | some found in control.answers} == {case[1]} with input as fixture.plan(array.concat([server], case[0]))
}

test_a_vpc_not_known_is_unknown if {
	control.answers == {answer.unknown(_server, _name, _expected, "a VPC of another plan")} with input as fixture.plan([_inside([])])
}

test_a_public_server_is_not_applicable if {
	plan := fixture.plan([fixture.resource("aws_transfer_server", "s", {})])
	control.not_applicable == "no transfer server in a VPC in the plan" with input as plan
	control.answers == set() with input as plan
}

_inside(vpcs) := fixture.referring(
	fixture.unknown(fixture.resource("aws_transfer_server", "s", {"endpoint_details": [{}]}), [["endpoint_details", 0, "vpc_id"]]),
	{_name: vpcs},
)

_log(traffic, vpcs) := fixture.referring(
	fixture.unknown(fixture.resource("aws_flow_log", "l", {"traffic_type": traffic}), [["vpc_id"]]),
	{"vpc_id": vpcs},
)

_server := "aws_transfer_server.s"

_address := "aws_flow_log.l"

_name := "endpoint_details.vpc_id"

_expected := "a VPC with a flow log"
