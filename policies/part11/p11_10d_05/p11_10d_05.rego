# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Transfer servers stand in a VPC
# description: |-
#   A server inside a VPC is reached through subnets and security groups that the plan names, so that a network that is
#   not listed never gets as far as a login. A public endpoint, which is the provider's default, cannot filter callers;
#   without security groups of its own the server takes the default one of the VPC. Two subnets keep it up when a zone
#   fails.
# custom:
#   id: P11-10d-05
#   severity: critical
#   clauses: ["11.10(d)", "11.10(h)"]
#   annex11: ["12.1"]
#   alcoa: [attributable, available]
#   requirements: [URS-004]
#   resources: [aws_transfer_server]
#   attributes:
#     - {type: aws_transfer_server, path: endpoint_type}
#     - {type: aws_transfer_server, path: endpoint_details.vpc_id}
#     - {type: aws_transfer_server, path: endpoint_details.subnet_ids}
#     - {type: aws_transfer_server, path: endpoint_details.security_group_ids}
#   environments: [production, qualification, development]
#   failure_msg: The transfer server is not enclosed in a VPC with subnets and security groups of its own.
#   fix: Set endpoint_type to VPC, and vpc_id, two subnet_ids and security_group_ids in endpoint_details.
#   verified_by: [IQ]
package part11.p11_10d_05

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope

answers contains answer.exact(address, "endpoint_type", _read(address, ["endpoint_type"]), "VPC") if some address in _servers

answers contains answer.any_value(address, "endpoint_details.vpc_id", _vpc(address), "a VPC") if some address in _servers

answers contains answer.at_least(address, name, _number(address, path), minimum, "named") if {
	some address in _servers
	some path, minimum in _lists
	name := attribute.dotted(path)
}

not_applicable := scope.reason(rego.metadata.chain(), "transfer server") if count(_servers) == 0

_servers := scope.existing(rego.metadata.chain(), "aws_transfer_server")

_vpc(address) := {"status": "known", "value": concat(", ", sort(named))} if {
	named := resource.referred(input.resources[address], "endpoint_details.vpc_id")
	count(named) > 0
} else := _read(address, ["endpoint_details", 0, "vpc_id"])

# One id that is not known yet hides them all: what the list surely refers to is the least that it holds.
_number(address, path) := {"status": "known", "value": count(values)} if {
	values := _read(address, path).value
} else := {"status": "known", "value": count(named)} if {
	named := [one |
		some one in resource.referred(input.resources[address], attribute.dotted(path))
		input.resources[one].type in _types
	]
	count(named) >= _lists[path]
} else := _read(address, path)

_read(address, path) := attribute.read(input.resources[address], path)

_types := {"aws_default_security_group", "aws_default_subnet", "aws_security_group", "aws_subnet"}

_lists := {
	["endpoint_details", 0, "subnet_ids"]: 2,
	["endpoint_details", 0, "security_group_ids"]: 1,
}
