# SPDX-License-Identifier: Apache-2.0

package lib.network_test

import data.lib.fixture
import data.lib.network

test_internet_route[name] if {
	some name, case in {
		"a table without a route": [[_table([]), _association], "pass", "aws_route_table.t"],
		"a route of its own": [
			[_table([]), _association, _route({"route_table_id": ["aws_route_table.t"], "gateway_id": ["aws_internet_gateway.i"]})],
			"fail",
			"aws_route.r",
		],
		"a route to a VPN gateway": [
			[_table([]), _association, _route({"route_table_id": ["aws_route_table.t"], "gateway_id": ["aws_vpn_gateway.v"]})],
			"pass",
			"aws_route_table.t",
		],
		"a block of the table": [[_table([{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}]), _association], "fail", "aws_route_table.t"],
		"a block to a NAT gateway": [[_table([{"nat_gateway_id": "nat-1", "gateway_id": ""}]), _association], "pass", "aws_route_table.t"],
		"blocks not known that name a gateway": [
			[fixture.referring(fixture.unknown(_table([]), [["route"]]), {"route.gateway_id": ["aws_internet_gateway.i"]}), _association],
			"fail",
			"aws_route_table.t",
		],
		"blocks not known that lead elsewhere": [
			[fixture.referring(fixture.unknown(_table([]), [["route"]]), {"route.nat_gateway_id": ["aws_nat_gateway.n"]}), _association],
			"pass",
			"aws_route_table.t",
		],
		"blocks not known with a gateway that cannot be told": [
			[object.union(fixture.unknown(_table([]), [["route"]]), {"configured": ["route.gateway_id"]}), _association],
			"unknown",
			"a route known after apply",
		],
		"blocks not known with a gateway of the plan": [
			[
				object.union(
					fixture.referring(fixture.unknown(_table([]), [["route"]]), {"route.gateway_id": ["aws_vpn_gateway.v"]}),
					{"configured": ["route.gateway_id"]},
				),
				_association,
			],
			"pass",
			"aws_route_table.t",
		],
		"an internet route of another table": [
			[
				_table([]), _association, fixture.resource("aws_route_table", "other", {}),
				_route({"route_table_id": ["aws_route_table.other"], "gateway_id": ["aws_internet_gateway.i"]}),
			],
			"pass",
			"aws_route_table.t",
		],
		"a route to a VPN gateway of a table not known": [[_table([]), _association, _route({"gateway_id": ["aws_vpn_gateway.v"]})], "pass", "aws_route_table.t"],
		"a route without a gateway": [
			[_table([]), _association, fixture.resource("aws_route", "r", {"nat_gateway_id": "nat-1"})],
			"pass",
			"aws_route_table.t",
		],
		"one of several subnets": [
			[_table([]), fixture.ambiguously_referring(_association, {"subnet_id": ["aws_subnet.s"]})],
			"unknown",
			"route table known after apply",
		],
		"a route of a table not known": [
			[_table([]), _association, _route({"gateway_id": ["aws_internet_gateway.i"]})],
			"unknown",
			"a route known after apply",
		],
		"a route that may lead anywhere": [
			[_table([]), _association, _route({"route_table_id": ["aws_route_table.t"]})],
			"unknown",
			"a route known after apply",
		],
		"a route to a gateway that a data source finds": [
			[_table([]), _association, _route({"route_table_id": ["aws_route_table.t"], "gateway_id": ["data.aws_internet_gateway.i"]})],
			"unknown",
			"a route known after apply",
		],
		"a table not known": [
			[fixture.referring(fixture.resource("aws_route_table_association", "a", {}), {"subnet_id": ["aws_subnet.s"]})],
			"unknown",
			"route table known after apply",
		],
		"the main table, not managed": [[], "pass", "aws_vpc.v"],
		"the main table, with a route": [
			[_route({"route_table_id": ["aws_vpc.v"], "gateway_id": ["aws_internet_gateway.i"]})],
			"fail",
			"aws_route.r",
		],
		"the main table, managed": [
			[fixture.referring(
				fixture.resource("aws_default_route_table", "d", {"route": [{"gateway_id": "igw-1"}]}),
				{"default_route_table_id": ["aws_vpc.v"]},
			)],
			"fail",
			"aws_default_route_table.d",
		],
		"another main table": [
			[_table([{"gateway_id": "igw-1"}]), fixture.referring(
				fixture.resource("aws_main_route_table_association", "m", {}),
				{"vpc_id": ["aws_vpc.v"], "route_table_id": ["aws_route_table.t"]},
			)],
			"fail",
			"aws_route_table.t",
		],
		"a later block of the table": [[_table([{"nat_gateway_id": "nat-1"}, {"gateway_id": "igw-1"}]), _association], "fail", "aws_route_table.t"],
		"a later block of the main table": [[_default({"route": [{"nat_gateway_id": "nat-1"}, {"gateway_id": "igw-1"}]})], "fail", "aws_default_route_table.d"],
		"blocks of the main table not known that name a gateway": [
			[_default_with_unknown_routes({"refs": {"route.gateway_id": [{"address": "aws_internet_gateway.i", "attribute": "id", "ambiguous": true}]}})],
			"fail",
			"aws_default_route_table.d",
		],
		"blocks of the main table not known with a gateway that cannot be told": [
			[_default_with_unknown_routes({"configured": ["route.gateway_id"]})],
			"unknown",
			"a route known after apply",
		],
		"a route to one of several VPN gateways": [
			[_table([]), _association, fixture.ambiguously_referring(
				fixture.unknown(fixture.resource("aws_route", "r", {"route_table_id": "rtb-1"}), [["gateway_id"]]),
				{"gateway_id": ["aws_vpn_gateway.v"]},
			)],
			"pass",
			"aws_route_table.t",
		],
	}
	plan := fixture.plan(array.concat([_subnet, fixture.resource("aws_internet_gateway", "i", {}), fixture.resource("aws_vpn_gateway", "v", {})], case[0]))
	network.internet_route("aws_subnet.s") == {"status": case[1], "actual": case[2]} with input as plan
}

test_a_subnet_of_another_vpc_is_unknown if {
	plan := fixture.plan([fixture.resource("aws_subnet", "s", {"vpc_id": "vpc-1"})])
	network.internet_route("aws_subnet.s") == {"status": "unknown", "actual": "main route table of another plan"} with input as plan
}

_subnet := fixture.referring(fixture.resource("aws_subnet", "s", {}), {"vpc_id": ["aws_vpc.v"]})

_table(routes) := fixture.resource("aws_route_table", "t", {"route": routes})

_association := fixture.referring(
	fixture.resource("aws_route_table_association", "a", {}),
	{"subnet_id": ["aws_subnet.s"], "route_table_id": ["aws_route_table.t"]},
)

_route(refs) := fixture.referring(fixture.unknown(fixture.resource("aws_route", "r", {}), [["gateway_id"], ["route_table_id"]]), refs)

_default(values) := fixture.referring(
	fixture.resource("aws_default_route_table", "d", values),
	{"default_route_table_id": ["aws_vpc.v"]},
)

_default_with_unknown_routes(overrides) := object.union(fixture.unknown(_default({}), [["route"]]), overrides)
