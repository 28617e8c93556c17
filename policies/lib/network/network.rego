# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Who may connect to what
# description: |-
#   What security groups let in, whichever of the three ways it is written: blocks inside the group, aws_security_group_rule,
#   aws_vpc_security_group_ingress_rule. And which subnets a route leads to the internet from.
# scope: package
package lib.network

import data.lib.attribute
import data.lib.resource

# Groups of the plan, the default ones included.
groups := array.concat(resource.existing("aws_security_group"), resource.existing("aws_default_security_group"))

# Group -> what lets callers in: [{"address", "attribute", "kind": "CIDR" | "prefix list" | "security group", "reading",
# "ports": reading of "22 tcp"}]. A reading of a list holds one entry of it.
ingress[group] contains entry if {
	some carrier in _carriers
	some group in carrier.groups
	some entry in _entries(carrier)
}

# Rules that may belong to a group: plan JSON dropped the instance key.
perhaps_ingress[group] contains carrier.address if {
	some carrier in _carriers
	some group in resource.possibly_referred(input.resources[carrier.address], "security_group_id")
}

# Rules that may belong to any group.
homeless_ingress contains carrier.address if {
	some carrier in _carriers
	count(carrier.groups) == 0
	of := input.resources[carrier.address]
	attribute.read(of, ["security_group_id"]).status == "unknown"
	count([group | some group in resource.possibly_referred(of, "security_group_id"); _is_group[group]]) == 0
}

# Inline blocks of a group are not known, or not their number.
ingress_unknown(group) if attribute.blocks_unknown(input.resources[group], ["ingress"])

# Networks that an entry of `ingress` names: {"status": "known", "value": {CIDRs}} or {"status": "unknown"}. A prefix list
# counts with all that it holds.
networks(entry) := {"status": "known", "value": {entry.reading.value}} if {
	entry.kind == "CIDR"
	entry.reading.status == "known"
} else := {"status": "known", "value": cidrs} if {
	references := object.get(input.resources[entry.address].refs, entry.attribute, [])
	count(references) > 0
	every reference in references {
		_listed[reference.address]
		not reference.ambiguous
	}
	cidrs := {cidr | some reference in references; some cidr in _listed[reference.address]}
} else := {"status": "unknown"}

# Prefix list -> its CIDRs; none where some are not known.
_listed[address] := cidrs if {
	some address in resource.existing("aws_ec2_managed_prefix_list")
	of := input.resources[address]
	count(_stray_entries) == 0
	not attribute.blocks_unknown(of, ["entry"])
	readings := {attribute.read(of, ["entry", i, "cidr"]) | some i in attribute.blocks(of, ["entry"])} | object.get(_added, address, set())
	every reading in readings {
		reading.status == "known"
	}
	cidrs := {reading.value | some reading in readings}
}

_added[address] contains attribute.read(input.resources[entry], ["cidr"]) if {
	some entry in resource.existing("aws_ec2_managed_prefix_list_entry")
	of := input.resources[entry]
	some address in (resource.referred(of, "prefix_list_id") | resource.possibly_referred(of, "prefix_list_id"))
}

# Entries that may be of any list.
_stray_entries contains entry if {
	some entry in resource.existing("aws_ec2_managed_prefix_list_entry")
	of := input.resources[entry]
	attribute.read(of, ["prefix_list_id"]).status == "unknown"
	some_list := resource.referred(of, "prefix_list_id") | resource.possibly_referred(of, "prefix_list_id")
	count([list | some list in some_list; input.resources[list].type == "aws_ec2_managed_prefix_list"]) == 0
}

# Rules of a group that stand outside it, for either direction.
rules[group] contains rule if {
	some type in _rule_types
	some rule in resource.existing(type)
	some group in _groups_of(input.resources[rule])
}

# Where a rule stands, and whose it is.
_carriers := array.concat(
	[{"address": group, "at": ["ingress", i], "groups": {group}} |
		some group in groups
		some i in attribute.blocks(input.resources[group], ["ingress"])
	],
	[{"address": rule, "at": [], "groups": _groups_of(input.resources[rule])} |
		some type in _rule_types
		some rule in resource.existing(type)
		not _leads_out(input.resources[rule])
	],
)

_rule_types := ["aws_security_group_rule", "aws_vpc_security_group_egress_rule", "aws_vpc_security_group_ingress_rule"]

_leads_out(rule) if {
	rule.type == "aws_vpc_security_group_egress_rule"
} else if attribute.is_value(attribute.read(rule, ["type"]), "egress")

# The default group goes by the name of its VPC too.
_groups_of(rule) := {group |
	some named in resource.referred(rule, "security_group_id")
	some group in _meant(named)
} | object.get(_by_id, object.get(rule.values, "security_group_id", null), set())

_meant(named) := {named} if {
	_is_group[named]
} else := object.get(_default_of, named, set())

_is_group contains group if some group in groups

_default_of[vpc] contains group if {
	some group in resource.existing("aws_default_security_group")
	some vpc in resource.referred(input.resources[group], "vpc_id")
}

_by_id[id] contains group if {
	some group in groups
	id := input.resources[group].values.id
	is_string(id)
}

_entries(carrier) := {entry |
	of := input.resources[carrier.address]
	some field, kind in _kinds
	some reading in _items(attribute.read(of, array.concat(carrier.at, [field])))
	entry := {
		"address": carrier.address,
		"attribute": attribute.dotted(array.concat(carrier.at, [field])),
		"kind": kind,
		"reading": reading,
		"ports": _ports(of, carrier.at),
	}
}

_items(reading) := {reading} if {
	reading.status == "unknown"
} else := {{"status": "known", "value": value} | some value in reading.value} if {
	is_array(reading.value)
} else := {reading} if {
	reading.status == "known"
	not reading.value in {"", false}
} else := set()

_ports(of, at) := {"status": "unknown"} if {
	some field in ["from_port", "to_port", _protocol(of)]
	attribute.read(of, array.concat(at, [field])).status == "unknown"
} else := {"status": "known", "value": $"{_text(of, at, "from_port")} {_name(_text(of, at, _protocol(of)))}"} if {
	_text(of, at, "from_port") == _text(of, at, "to_port")
} else := {"status": "known", "value": $"{_text(of, at, "from_port")} to {_text(of, at, "to_port")} {_name(_text(of, at, _protocol(of)))}"}

_protocol(of) := "ip_protocol" if {
	of.type == "aws_vpc_security_group_ingress_rule"
} else := "protocol"

_text(of, at, field) := $"{object.get(attribute.read(of, array.concat(at, [field])), "value", "all")}"

_name(protocol) := "tcp" if {
	protocol == "6"
} else := lower(protocol)

_kinds := {
	"cidr_blocks": "CIDR",
	"cidr_ipv4": "CIDR",
	"cidr_ipv6": "CIDR",
	"ipv6_cidr_blocks": "CIDR",
	"prefix_list_id": "prefix list",
	"prefix_list_ids": "prefix list",
	"referenced_security_group_id": "security group",
	"security_groups": "security group",
	"self": "security group",
	"source_security_group_id": "security group",
}
