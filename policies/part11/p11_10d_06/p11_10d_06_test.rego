# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_06_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_06 as control

test_networks[name] if {
	some name, case in {
		"a listed network passes": [_ipv4("203.0.113.0/24"), "pass", "203.0.113.0/24"],
		"a listed network in other letters passes": [_rule({"cidr_ipv6": "2001:DB8::/64"}), "pass", "2001:DB8::/64"],
		"another one fails": [_ipv4("198.51.100.0/24"), "fail", "198.51.100.0/24: not in sftpCidrs"],
		"the whole world fails": [_ipv4("0.0.0.0/0"), "fail", "0.0.0.0/0: not in sftpCidrs"],
		"the whole world in IPv6 fails": [_rule({"cidr_ipv6": "::/0"}), "fail", "::/0: not in sftpCidrs"],
		"a listed network that is too wide fails": [_ipv4("10.0.0.0/23"), "fail", "10.0.0.0/23: too wide"],
		"a listed network in IPv6 that is too wide fails": [_rule({"cidr_ipv6": "2001:db8::/63"}), "fail", "2001:db8::/63: too wide"],
		"another port fails": [_rule({"cidr_ipv4": "203.0.113.0/24", "to_port": 23}), "fail", "22 to 23 tcp"],
		"another protocol fails": [_rule({"cidr_ipv4": "203.0.113.0/24", "ip_protocol": "udp"}), "fail", "22 udp"],
		"a port not known is unknown": [fixture.unknown(_ipv4("203.0.113.0/24"), [["from_port"]]), "unknown", "known after apply"],
		"a network not known is unknown": [fixture.unknown(_rule({}), [["cidr_ipv4"]]), "unknown", "known after apply"],
		"another group fails": [_rule({"referenced_security_group_id": "sg-2"}), "fail", "a security group, which lists no network"],
		"another group not known fails": [
			fixture.unknown(_rule({}), [["referenced_security_group_id"]]),
			"fail",
			"a security group, which lists no network",
		],
	}
	found := {one | some one in control.answers; one.address == "aws_vpc_security_group_ingress_rule.r"} with input as _plan([_group({}), case[0]])
	{[one.status, one.actual] | some one in found} == {[case[1], case[2]]}
}

test_groups[name] if {
	some name, case in {
		"one without rules is closed": [[_group({})], {_enclosed, _of_group("pass", "closed")}],
		"one with rules points at them": [
			[_group({}), _ipv4("203.0.113.0/24")],
			{_enclosed, _of_group("pass", "as its rules say"), answer.passed("aws_vpc_security_group_ingress_rule.r", "cidr_ipv4", _listed, "203.0.113.0/24")},
		],
		"one with rules inside is judged by them": [
			[_group({"ingress": [{"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["192.0.2.0/24"]}]})],
			{_enclosed, _of_group("pass", "as its rules say"), answer.failed(_address, "ingress.cidr_blocks", _listed, "192.0.2.0/24: not in sftpCidrs")},
		],
		"one with blocks not known is unknown": [
			[fixture.unknown(_group({}), [["ingress"]])],
			{_enclosed, _of_group("unknown", "known after apply")},
		],
		"one beside a rule whose group is not known is unknown": [
			[_group({}), fixture.unknown(
				fixture.resource("aws_vpc_security_group_ingress_rule", "r", {"cidr_ipv4": "0.0.0.0/0"}),
				[["security_group_id"]],
			)],
			{_enclosed, _of_group("unknown", "perhaps also aws_vpc_security_group_ingress_rule.r")},
		],
		"one with a rule that may be another's is unknown": [
			[_group({}), fixture.ambiguously_referring(_ipv4("203.0.113.0/24"), {"security_group_id": [_address]})],
			{_enclosed, _of_group("unknown", "perhaps also aws_vpc_security_group_ingress_rule.r")},
		],
	}
	control.answers == case[1] with input as _plan(case[0])
	not control.not_applicable with input as _plan(case[0])
}

test_servers[name] if {
	some name, case in {
		"without groups": [_server({}), "fail", "none: whoever finds it may connect"],
		"with an empty list": [_server({"security_group_ids": []}), "fail", "none: whoever finds it may connect"],
		"with a group of another plan": [_server({"security_group_ids": ["sg-9"]}), "unknown", "a group of another plan"],
		"with a group beside it of another plan": [
			fixture.referring(_server({"security_group_ids": ["sg-1", "sg-9"]}), {_attribute: [_address]}),
			"unknown",
			"a group of another plan",
		],
		"with a group that a data source finds": [_referring([_address, "data.aws_security_group.d"]), "unknown", "a group of another plan"],
		"with one of several groups": [
			fixture.ambiguously_referring(_referring([]), {_attribute: [_address]}),
			"unknown",
			"a group of another plan",
		],
	}
	plan := fixture.plan([case[0], _group({})])
	answer := {[one.status, one.actual] | some one in control.answers; one.address == "aws_transfer_server.s"} with input as plan
	answer == {[case[1], case[2]]}
	{one.address | some one in control.answers} - {"aws_transfer_server.s", _address} == set() with input as plan
}

test_no_server_is_not_applicable if {
	control.not_applicable == "no transfer server in the plan" with input as fixture.plan([_group({})])
	control.answers == set() with input as fixture.plan([_group({})])
}

_plan(resources) := fixture.with_settings(
	fixture.plan(array.concat([_referring([_address])], resources)),
	{"sftpCidrs": ["203.0.113.0/24", "2001:db8::/64", "10.0.0.0/23", "2001:db8::/63"]},
)

_server(details) := fixture.resource("aws_transfer_server", "s", {"endpoint_details": [details]})

_referring(groups) := fixture.referring(
	fixture.unknown(_server({}), [["endpoint_details", 0, "security_group_ids"]]),
	{_attribute: groups},
)

_group(values) := fixture.resource("aws_security_group", "g", values)

_ipv4(cidr) := _rule({"cidr_ipv4": cidr})

_rule(values) := fixture.referring(
	fixture.resource("aws_vpc_security_group_ingress_rule", "r", object.union({"from_port": 22, "to_port": 22, "ip_protocol": "tcp"}, values)),
	{"security_group_id": [_address]},
)

_enclosed := answer.passed("aws_transfer_server.s", _attribute, "security groups of the plan", _address)

_of_group(status, actual) := {"address": _address, "attribute": "ingress", "status": status, "expected": _listed, "actual": actual}

_address := "aws_security_group.g"

_attribute := "endpoint_details.security_group_ids"

_listed := "port 22 from listed networks"

test_the_default_group_of_a_server_is_judged if {
	group := fixture.resource("aws_default_security_group", "d", {"ingress": [{"from_port": 22, "to_port": 22, "protocol": "tcp", "cidr_blocks": ["0.0.0.0/0"]}]})
	found := {one | some one in control.answers; one.address == "aws_default_security_group.d"} with input as fixture.plan([group, _referring(["aws_default_security_group.d"])])
	{[one.attribute, one.status] | some one in found} == {["ingress", "pass"], ["ingress.cidr_blocks", "fail"]}
}
