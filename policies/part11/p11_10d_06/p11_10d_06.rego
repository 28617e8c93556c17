# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Transfer servers are reached from listed networks only
# description: |-
#   The security groups of a server let in port 22 and nothing else, from the networks that the settings list as
#   `sftpCidrs`, text for text; an empty list means closed. A listed network is no wider than /24, or /64 in IPv6. All
#   ways of writing a rule count, prefix lists with all that they hold. Another security group as a source lists no
#   network.
# custom:
#   id: P11-10d-06
#   severity: critical
#   clauses: ["11.10(d)", "11.10(h)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-004]
#   resources:
#     - aws_transfer_server
#     - aws_security_group
#     - aws_default_security_group
#     - aws_security_group_rule
#     - aws_vpc_security_group_ingress_rule
#   attributes:
#     - {type: aws_transfer_server, path: endpoint_details.security_group_ids}
#     - {type: aws_security_group, path: id}
#     - {type: aws_security_group, path: ingress}
#     - {type: aws_default_security_group, path: id}
#     - {type: aws_default_security_group, path: ingress}
#     - {type: aws_default_security_group, path: vpc_id}
#     - {type: aws_security_group_rule, path: security_group_id}
#     - {type: aws_security_group_rule, path: type}
#     - {type: aws_security_group_rule, path: protocol}
#     - {type: aws_security_group_rule, path: from_port}
#     - {type: aws_security_group_rule, path: to_port}
#     - {type: aws_security_group_rule, path: cidr_blocks}
#     - {type: aws_security_group_rule, path: ipv6_cidr_blocks}
#     - {type: aws_security_group_rule, path: prefix_list_ids}
#     - {type: aws_security_group_rule, path: source_security_group_id}
#     - {type: aws_security_group_rule, path: self}
#     - {type: aws_vpc_security_group_ingress_rule, path: security_group_id}
#     - {type: aws_vpc_security_group_ingress_rule, path: ip_protocol}
#     - {type: aws_vpc_security_group_ingress_rule, path: from_port}
#     - {type: aws_vpc_security_group_ingress_rule, path: to_port}
#     - {type: aws_vpc_security_group_ingress_rule, path: cidr_ipv4}
#     - {type: aws_vpc_security_group_ingress_rule, path: cidr_ipv6}
#     - {type: aws_vpc_security_group_ingress_rule, path: prefix_list_id}
#     - {type: aws_vpc_security_group_ingress_rule, path: referenced_security_group_id}
#     - {type: aws_ec2_managed_prefix_list, path: entry.cidr}
#     - {type: aws_ec2_managed_prefix_list_entry, path: cidr}
#     - {type: aws_ec2_managed_prefix_list_entry, path: prefix_list_id}
#   environments: [production, qualification, development]
#   failure_msg: The transfer server can be reached from networks that are not listed.
#   fix: List the sender's network in sftpCidrs of part11.yaml and let in only that, on port 22.
#   verified_by: [IQ, OQ-sftp-other-address]
package part11.p11_10d_06

import data.lib.answer
import data.lib.attribute
import data.lib.network
import data.lib.resource
import data.lib.scope

answers contains _enclosed(server) if some server in _servers

answers contains _closed(group) if some group in _groups

answers contains _entry(entry) if {
	some group in _groups
	some entry in network.ingress[group]
}

not_applicable := scope.reason(rego.metadata.chain(), "transfer server") if count(_servers) == 0

_servers := scope.existing(rego.metadata.chain(), "aws_transfer_server")

# ---- groups of the server -------------------------------------------------------------------------------------------

_groups := {group |
	some server in _servers
	some group in resource.referred(input.resources[server], _attribute)
	input.resources[group].type in _types
}

_enclosed(server) := answer.failed(server, _attribute, _in_plan, "none: whoever finds it may connect") if {
	_absent(server)
} else := answer.passed(server, _attribute, _in_plan, concat(", ", sort(_referred(server)))) if {
	_all_known(server)
} else := answer.unknown(server, _attribute, _in_plan, "a group of another plan")

_absent(server) if _reading(server).status == "not_set"

_absent(server) if attribute.is_value(_reading(server), [])

_all_known(server) if {
	every reference in input.resources[server].refs[_attribute] {
		not reference.ambiguous
		input.resources[reference.address].type in _types
	}
	count(object.get(_reading(server), "value", [])) <= count(_referred(server))
}

_referred(server) := resource.referred(input.resources[server], _attribute)

_reading(server) := attribute.read(input.resources[server], ["endpoint_details", 0, "security_group_ids"])

# ---- what a group lets in -------------------------------------------------------------------------------------------

_closed(group) := answer.unknown(group, "ingress", _listed, "known after apply") if {
	network.ingress_unknown(group)
} else := answer.unknown(group, "ingress", _listed, $"perhaps also {_homeless}") if {
	count(network.homeless_ingress) > 0
} else := answer.unknown(group, "ingress", _listed, $"perhaps also {answer.few(network.perhaps_ingress[group])}") if {
	network.perhaps_ingress[group]
} else := answer.passed(group, "ingress", _listed, "as its rules say") if {
	count(object.get(network.ingress, group, set())) > 0
} else := answer.passed(group, "ingress", _listed, "closed")

_homeless := answer.few(network.homeless_ingress)

_entry(entry) := answer.failed(entry.address, entry.attribute, _listed, "a security group, which lists no network") if {
	entry.kind == "security group"
} else := answer.failed(entry.address, entry.attribute, _listed, entry.ports.value) if {
	entry.ports.value != "22 tcp"
} else := answer.failed(entry.address, entry.attribute, _listed, $"{concat(", ", sort(unlisted))}: not in sftpCidrs") if {
	unlisted := {cidr | some cidr in network.networks(entry).value; not _allowed[lower(cidr)]}
	count(unlisted) > 0
} else := answer.failed(entry.address, entry.attribute, _listed, $"{concat(", ", sort(wide))}: too wide") if {
	wide := {cidr | some cidr in network.networks(entry).value; not _narrow(cidr)}
	count(wide) > 0
} else := answer.passed(entry.address, entry.attribute, _listed, concat(", ", sort(cidrs))) if {
	cidrs := network.networks(entry).value
	entry.ports.status == "known"
} else := answer.unknown(entry.address, entry.attribute, _listed, "known after apply")

_allowed := {lower(cidr) | some cidr in input.settings.sftpCidrs}

# Only IPv6 has prefixes as long as the first.
_narrow(cidr) if {
	to_number(split(cidr, "/")[1]) >= data.part11_data.thresholds.sftp_prefix_ipv6
} else if {
	not contains(cidr, ":")
	to_number(split(cidr, "/")[1]) >= data.part11_data.thresholds.sftp_prefix_ipv4
}

_attribute := "endpoint_details.security_group_ids"

_types := {"aws_default_security_group", "aws_security_group"}

_in_plan := "security groups of the plan"

_listed := "port 22 from listed networks"
