# SPDX-License-Identifier: Apache-2.0

package lib.network_test

import data.lib.fixture
import data.lib.network

test_every_way_of_writing_lets_in[name] if {
	some name, case in {
		"a block inside the group": [
			fixture.resource("aws_security_group", "g", {"ingress": [object.union(_block, {"cidr_blocks": ["192.0.2.0/24"]})]}),
			{["aws_security_group.g", "ingress.cidr_blocks", "CIDR", "192.0.2.0/24", "22 tcp"]},
		],
		"several in a block": [
			fixture.resource("aws_security_group", "g", {"ingress": [object.union(_block, {
				"cidr_blocks": ["192.0.2.0/24", "198.51.100.0/24"],
				"ipv6_cidr_blocks": ["2001:db8::/64"],
				"prefix_list_ids": ["pl-1"],
				"security_groups": ["sg-2"],
				"self": true,
			})]}),
			{
				["aws_security_group.g", "ingress.cidr_blocks", "CIDR", "192.0.2.0/24", "22 tcp"],
				["aws_security_group.g", "ingress.cidr_blocks", "CIDR", "198.51.100.0/24", "22 tcp"],
				["aws_security_group.g", "ingress.ipv6_cidr_blocks", "CIDR", "2001:db8::/64", "22 tcp"],
				["aws_security_group.g", "ingress.prefix_list_ids", "prefix list", "pl-1", "22 tcp"],
				["aws_security_group.g", "ingress.security_groups", "security group", "sg-2", "22 tcp"],
				["aws_security_group.g", "ingress.self", "security group", true, "22 tcp"],
			},
		],
		"an old rule": [
			_of_group(fixture.resource("aws_security_group_rule", "r", object.union(_block, {"type": "ingress", "cidr_blocks": ["192.0.2.0/24"]}))),
			{["aws_security_group_rule.r", "cidr_blocks", "CIDR", "192.0.2.0/24", "22 tcp"]},
		],
		"an old rule that leads out": [
			_of_group(fixture.resource("aws_security_group_rule", "r", object.union(_block, {"type": "egress", "cidr_blocks": ["192.0.2.0/24"]}))),
			set(),
		],
		"a new rule": [
			_of_group(fixture.resource(
				"aws_vpc_security_group_ingress_rule",
				"r",
				{"from_port": 22, "to_port": 23, "ip_protocol": "6", "cidr_ipv4": "192.0.2.0/24"},
			)),
			{["aws_vpc_security_group_ingress_rule.r", "cidr_ipv4", "CIDR", "192.0.2.0/24", "22 to 23 tcp"]},
		],
		"a new rule for everything": [
			_of_group(fixture.resource("aws_vpc_security_group_ingress_rule", "r", {"ip_protocol": "-1", "referenced_security_group_id": "sg-2"})),
			{["aws_vpc_security_group_ingress_rule.r", "referenced_security_group_id", "security group", "sg-2", "all -1"]},
		],
		"a new rule that leads out": [
			_of_group(fixture.resource("aws_vpc_security_group_egress_rule", "r", {"ip_protocol": "-1", "cidr_ipv4": "0.0.0.0/0"})),
			set(),
		],
		"a rule by the id of the group": [
			fixture.resource(
				"aws_vpc_security_group_ingress_rule",
				"r",
				{"security_group_id": "sg-1", "from_port": 22, "to_port": 22, "ip_protocol": "tcp", "cidr_ipv6": "2001:db8::/64"},
			),
			{["aws_vpc_security_group_ingress_rule.r", "cidr_ipv6", "CIDR", "2001:db8::/64", "22 tcp"]},
		],
		"an old rule from a group": [
			_of_group(fixture.resource("aws_security_group_rule", "r", object.union(_block, {"type": "ingress", "source_security_group_id": "sg-2"}))),
			{["aws_security_group_rule.r", "source_security_group_id", "security group", "sg-2", "22 tcp"]},
		],
		"an empty text names nothing": [
			_of_group(fixture.resource(
				"aws_vpc_security_group_ingress_rule",
				"r",
				{"from_port": 22, "to_port": 22, "ip_protocol": "tcp", "cidr_ipv4": "192.0.2.0/24", "prefix_list_id": ""},
			)),
			{["aws_vpc_security_group_ingress_rule.r", "cidr_ipv4", "CIDR", "192.0.2.0/24", "22 tcp"]},
		],
	}
	others := [of | some of in [_group]; case[0].type != of.type]
	plan := fixture.plan(array.concat(others, [case[0]]))
	found := object.get(network.ingress, "aws_security_group.g", set()) with input as plan
	{[one.address, one.attribute, one.kind, one.reading.value, one.ports.value] | some one in found} == case[1]
	every one in found {
		[one.reading.status, one.ports.status] == ["known", "known"]
	}
	count(found) == count(case[1])
}

test_what_is_not_known_is_said if {
	dark := fixture.unknown(
		_of_group(fixture.resource("aws_vpc_security_group_ingress_rule", "r", {"ip_protocol": "tcp"})),
		[["cidr_ipv4"], ["from_port"]],
	)
	found := network.ingress["aws_security_group.g"] with input as fixture.plan([_group, dark])
	{[one.reading.status, one.ports.status] | some one in found} == {["unknown", "unknown"]}
	network.ingress_unknown("aws_security_group.g") with input as fixture.plan([fixture.unknown(_group, [["ingress"]])])
	not network.ingress_unknown("aws_security_group.g") with input as fixture.plan([_group])
}

test_rules_whose_group_cannot_be_told if {
	rule := fixture.unknown(
		fixture.resource("aws_vpc_security_group_ingress_rule", "r", {"ip_protocol": "tcp", "cidr_ipv4": "192.0.2.0/24"}),
		[["security_group_id"]],
	)
	either := fixture.ambiguously_referring(rule, {"security_group_id": ["aws_security_group.g"]})
	said := "aws_vpc_security_group_ingress_rule.r"
	network.perhaps_ingress == {"aws_security_group.g": {said}} with input as fixture.plan([_group, either])
	network.homeless_ingress == set() with input as fixture.plan([_group, either])
	network.homeless_ingress == {said} with input as fixture.plan([_group, rule])
	network.homeless_ingress == set() with input as fixture.plan([_group, _of_group(rule)])
	foreign := fixture.resource("aws_vpc_security_group_ingress_rule", "r", {"security_group_id": "sg-9"})
	network.homeless_ingress == set() with input as fixture.plan([_group, foreign])
	found := fixture.referring(rule, {"security_group_id": ["data.aws_security_group.g"]})
	network.homeless_ingress == {said} with input as fixture.plan([_group, found])
}

test_the_default_group_goes_by_its_vpc if {
	group := fixture.referring(fixture.resource("aws_default_security_group", "d", {}), {"vpc_id": ["aws_vpc.v"]})
	rule := fixture.referring(
		fixture.resource("aws_vpc_security_group_egress_rule", "r", {"ip_protocol": "-1"}),
		{"security_group_id": ["aws_vpc.v"]},
	)
	network.rules == {"aws_default_security_group.d": {"aws_vpc_security_group_egress_rule.r"}} with input as fixture.plan([group, rule])
}

test_networks_of_prefix_lists[name] if {
	some name, case in {
		"one of the plan": [[_prefix_list({"entry": [{"cidr": "192.0.2.0/24"}]})], ["aws_ec2_managed_prefix_list.p"], {"192.0.2.0/24"}],
		"with an entry beside it": [
			[_prefix_list({"entry": [{"cidr": "192.0.2.0/24"}]}), fixture.referring(
				fixture.unknown(fixture.resource("aws_ec2_managed_prefix_list_entry", "e", {"cidr": "198.51.100.0/24"}), [["prefix_list_id"]]),
				{"prefix_list_id": ["aws_ec2_managed_prefix_list.p"]},
			)],
			["aws_ec2_managed_prefix_list.p"],
			{"192.0.2.0/24", "198.51.100.0/24"},
		],
		"with entries not known": [[fixture.unknown(_prefix_list({}), [["entry"]])], ["aws_ec2_managed_prefix_list.p"], "unknown"],
		"with an entry not known": [[fixture.unknown(_prefix_list({"entry": [{}]}), [["entry", 0, "cidr"]])], ["aws_ec2_managed_prefix_list.p"], "unknown"],
		"beside an entry of another list": [
			[
				_prefix_list({"entry": [{"cidr": "192.0.2.0/24"}]}),
				fixture.resource("aws_ec2_managed_prefix_list_entry", "e", {"cidr": "0.0.0.0/0", "prefix_list_id": "pl-9"}),
			],
			["aws_ec2_managed_prefix_list.p"],
			{"192.0.2.0/24"},
		],
		"beside an entry of a list not known": [
			[_prefix_list({"entry": [{"cidr": "192.0.2.0/24"}]}), fixture.unknown(
				fixture.resource("aws_ec2_managed_prefix_list_entry", "e", {"cidr": "0.0.0.0/0"}),
				[["prefix_list_id"]],
			)],
			["aws_ec2_managed_prefix_list.p"],
			"unknown",
		],
		"one of another plan": [[], ["data.aws_prefix_list.p"], "unknown"],
		"none that is named": [[], [], "unknown"],
		"with an entry that may be its own": [
			[_prefix_list({"entry": [{"cidr": "192.0.2.0/24"}]}), fixture.ambiguously_referring(
				fixture.unknown(fixture.resource("aws_ec2_managed_prefix_list_entry", "e", {"cidr": "198.51.100.0/24"}), [["prefix_list_id"]]),
				{"prefix_list_id": ["aws_ec2_managed_prefix_list.p"]},
			)],
			["aws_ec2_managed_prefix_list.p"],
			{"192.0.2.0/24", "198.51.100.0/24"},
		],
	}
	rule := fixture.referring(
		fixture.unknown(fixture.resource("aws_vpc_security_group_ingress_rule", "r", {}), [["prefix_list_id"]]),
		{"security_group_id": ["aws_security_group.g"], "prefix_list_id": case[1]},
	)
	plan := fixture.plan(array.concat([_group, rule], case[0]))
	found := {network.networks(entry) | some entry in network.ingress["aws_security_group.g"]} with input as plan
	{object.get(one, "value", "unknown") | some one in found} == {case[2]}
}

test_one_of_several_prefix_lists_is_unknown if {
	rule := fixture.ambiguously_referring(
		fixture.unknown(fixture.resource("aws_vpc_security_group_ingress_rule", "r", {}), [["prefix_list_id"]]),
		{"prefix_list_id": ["aws_ec2_managed_prefix_list.p"]},
	)
	entry := {"address": fixture.address(rule), "attribute": "prefix_list_id", "kind": "prefix list", "reading": {"status": "unknown"}}
	network.networks(entry) == {"status": "unknown"} with input as fixture.plan([rule, _prefix_list({"entry": []})])
}

test_a_group_without_an_id_is_named_by_no_id if {
	group := fixture.resource("aws_security_group", "g", {"id": null})
	rule := fixture.resource("aws_vpc_security_group_ingress_rule", "r", {"security_group_id": null, "cidr_ipv4": "192.0.2.0/24"})
	network.ingress == {} with input as fixture.plan([group, rule])
}

test_networks_of_a_prefix_list_by_its_id_are_unknown if {
	entry := {"address": "a", "attribute": "prefix_list_id", "kind": "prefix list", "reading": {"status": "known", "value": "pl-1"}}
	network.networks(entry) == {"status": "unknown"} with input as fixture.plan([])
}

test_networks_of_a_cidr if {
	entry := {"address": "a", "attribute": "cidr_ipv4", "kind": "CIDR", "reading": {"status": "known", "value": "192.0.2.0/24"}}
	network.networks(entry) == {"status": "known", "value": {"192.0.2.0/24"}}
	network.networks(object.union(entry, {"reading": {"status": "unknown"}})) == {"status": "unknown"} with input as fixture.plan([])
}

_prefix_list(values) := fixture.resource("aws_ec2_managed_prefix_list", "p", values)

_group := fixture.resource("aws_security_group", "g", {"id": "sg-1"})

_of_group(rule) := fixture.referring(rule, {"security_group_id": ["aws_security_group.g"]})

_block := {
	"from_port": 22,
	"to_port": 22,
	"protocol": "tcp",
	"cidr_blocks": [],
	"ipv6_cidr_blocks": [],
	"prefix_list_ids": [],
	"security_groups": [],
	"self": false,
}

test_ports_are_unknown_with_any_part_of_them[field] if {
	some field in ["from_port", "to_port", "ip_protocol"]
	rule := fixture.unknown(
		_of_group(fixture.resource("aws_vpc_security_group_ingress_rule", "r", {"cidr_ipv4": "192.0.2.0/24"})),
		[[field]],
	)
	found := network.ingress["aws_security_group.g"] with input as fixture.plan([_group, rule])
	{one.ports | some one in found} == {{"status": "unknown"}}
}

test_networks_of_a_prefix_list_of_the_plan_are_known if {
	rule := fixture.referring(
		fixture.unknown(fixture.resource("aws_vpc_security_group_ingress_rule", "r", {}), [["prefix_list_id"]]),
		{"prefix_list_id": ["aws_ec2_managed_prefix_list.p"]},
	)
	entry := {"address": fixture.address(rule), "attribute": "prefix_list_id", "kind": "prefix list", "reading": {"status": "unknown"}}
	plan := fixture.plan([rule, _prefix_list({"entry": [{"cidr": "192.0.2.0/24"}]})])
	network.networks(entry) == {"status": "known", "value": {"192.0.2.0/24"}} with input as plan
}

test_rules_of_a_group_by_its_id if {
	group := fixture.resource("aws_default_security_group", "d", {"id": "sg-1"})
	rule := fixture.resource("aws_security_group_rule", "r", {"security_group_id": "sg-1"})
	network.groups == ["aws_default_security_group.d"] with input as fixture.plan([group, rule])
	network.rules == {"aws_default_security_group.d": {"aws_security_group_rule.r"}} with input as fixture.plan([group, rule])
}
