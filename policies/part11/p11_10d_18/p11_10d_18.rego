# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Networks are closed unless they are opened
# description: |-
#   The default security group, which whoever names none gets, lets nothing in or out. Subnets hand out no public
#   addresses, and services on ECS take none, open no shell and run a task of the plan on machines of AWS. Subnets that data passes through have no route to an internet gateway: those
#   of functions, services on ECS, workflow environments, VPC endpoints, and of transfer servers without public addresses.
# custom:
#   id: P11-10d-18
#   severity: medium
#   clauses: ["11.10(d)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-004]
#   resources: [aws_vpc, aws_default_security_group, aws_subnet, aws_default_subnet, aws_ecs_service]
#   attributes:
#     - {type: aws_vpc, path: cidr_block}
#     - {type: aws_default_security_group, path: vpc_id}
#     - {type: aws_default_security_group, path: ingress}
#     - {type: aws_default_security_group, path: egress}
#     - {type: aws_security_group_rule, path: security_group_id}
#     - {type: aws_vpc_security_group_egress_rule, path: security_group_id}
#     - {type: aws_vpc_security_group_ingress_rule, path: security_group_id}
#     - {type: aws_subnet, path: map_public_ip_on_launch}
#     - {type: aws_subnet, path: vpc_id}
#     - {type: aws_default_subnet, path: map_public_ip_on_launch}
#     - {type: aws_route, path: gateway_id}
#     - {type: aws_route, path: route_table_id}
#     - {type: aws_route_table, path: route}
#     - {type: aws_default_route_table, path: route}
#     - {type: aws_default_route_table, path: default_route_table_id}
#     - {type: aws_main_route_table_association, path: vpc_id}
#     - {type: aws_main_route_table_association, path: route_table_id}
#     - {type: aws_route_table_association, path: subnet_id}
#     - {type: aws_route_table_association, path: route_table_id}
#     - {type: aws_ecs_service, path: enable_execute_command}
#     - {type: aws_ecs_service, path: launch_type}
#     - {type: aws_ecs_service, path: network_configuration.assign_public_ip}
#     - {type: aws_ecs_service, path: network_configuration.subnets}
#     - {type: aws_ecs_service, path: task_definition}
#     - {type: aws_lambda_function, path: vpc_config.subnet_ids}
#     - {type: aws_mwaa_environment, path: network_configuration.subnet_ids}
#     - {type: aws_transfer_server, path: endpoint_details.subnet_ids}
#     - {type: aws_transfer_server, path: endpoint_details.address_allocation_ids}
#     - {type: aws_vpc_endpoint, path: subnet_ids}
#   environments: [production, qualification, development]
#   failure_msg: The network is open where nobody decided so.
#   fix: Manage aws_default_security_group without rules, set map_public_ip_on_launch to false, and route data subnets through NAT or VPC endpoints.
#   verified_by: [IQ]
package part11.p11_10d_18

import data.lib.answer
import data.lib.attribute
import data.lib.network
import data.lib.resource
import data.lib.scope

answers contains _managed(vpc) if some vpc in scope.existing(rego.metadata.chain(), "aws_vpc")

answers contains _closed(group, direction) if {
	some group in scope.existing(rego.metadata.chain(), "aws_default_security_group")
	some direction in ["egress", "ingress"]
}

answers contains answer.of(subnet, "map_public_ip_on_launch", reading, matches, "false") if {
	some type in _subnet_types
	some subnet in scope.existing(rego.metadata.chain(), type)
	reading := _public(subnet)
	matches := {value | value := reading.value; value == false}
}

answers contains answer.of(service, _address, reading, matches, "false") if {
	some service in scope.existing(rego.metadata.chain(), "aws_ecs_service")
	reading := _addressed(input.resources[service])
	matches := {value | value := reading.value; value == false}
}

answers contains answer.of(service, "enable_execute_command", reading, matches, "false") if {
	some service in scope.existing(rego.metadata.chain(), "aws_ecs_service")
	reading := _unless_set(service, "enable_execute_command", false)
	matches := {value | value := reading.value; value == false}
}

answers contains answer.of(service, "launch_type", reading, matches, "a machine of AWS or of the account") if {
	some service in scope.existing(rego.metadata.chain(), "aws_ecs_service")
	reading := _unless_set(service, "launch_type", "EC2")
	matches := {value | value := reading.value; value in {"EC2", "FARGATE"}}
}

answers contains _defined(service) if {
	some service in scope.existing(rego.metadata.chain(), "aws_ecs_service")
}

answers contains _routed(subnet) if some subnet in _data_subnets

not_applicable := scope.reason(rego.metadata.chain(), "VPC, subnet, default security group or service on ECS") if count(answers) == 0

# ---- default security groups ----------------------------------------------------------------------------------------

_managed(vpc) := answer.passed(vpc, "default security group", _no_rules, concat(", ", sort(groups))) if {
	groups := _default_groups[vpc]
} else := answer.unknown(vpc, "default security group", _no_rules, "known after apply") if {
	_perhaps_managed[vpc]
} else := answer.failed(vpc, "default security group", _no_rules, "no aws_default_security_group")

_default_groups[vpc] contains group if {
	some group in resource.existing("aws_default_security_group")
	some vpc in resource.referred(input.resources[group], "vpc_id")
}

_perhaps_managed contains vpc if {
	some group in resource.existing("aws_default_security_group")
	some vpc in resource.possibly_referred(input.resources[group], "vpc_id")
}

# Terraform takes away the rules of a default group that the configuration does not name.
_closed(group, direction) := answer.failed(group, direction, "no rules", answer.few(rules)) if {
	rules := network.rules[group]
} else := answer.passed(group, direction, "no rules", "none") if {
	_blocks(group, direction).status == "not_set"
} else := answer.of(group, direction, _blocks(group, direction), {value | value := _blocks(group, direction).value; value == []}, "no rules")

_blocks(group, direction) := attribute.read(input.resources[group], [direction])

# ---- subnets --------------------------------------------------------------------------------------------------------

# A subnet says no unless it is told otherwise; a default one says yes.
_public(subnet) := {"status": "known", "value": false} if {
	input.resources[subnet].type == "aws_subnet"
	attribute.read(input.resources[subnet], ["map_public_ip_on_launch"]).status == "not_set"
} else := attribute.read(input.resources[subnet], ["map_public_ip_on_launch"])

# A task takes none unless it is told to.
_addressed(service) := {"status": "unknown"} if {
	attribute.blocks_unknown(service, ["network_configuration"])
} else := {"status": "known", "value": false} if {
	attribute.read(service, _address_path).status == "not_set"
} else := attribute.read(service, _address_path)

_address_path := ["network_configuration", 0, "assign_public_ip"]

_address := "network_configuration.assign_public_ip"

_unless_set(service, name, otherwise) := {"status": "known", "value": otherwise} if {
	attribute.read(input.resources[service], [name]).status == "not_set"
} else := attribute.read(input.resources[service], [name])

_defined(service) := answer.passed(service, "task_definition", _of_plan, answer.few(definitions)) if {
	definitions := {definition |
		some definition in resource.referred(input.resources[service], "task_definition")
		input.resources[definition].type == "aws_ecs_task_definition"
		resource.exists(input.resources[definition])
	}
	count(definitions) > 0
} else := answer.unknown(service, "task_definition", _of_plan, "a definition that the plan does not tell")

_of_plan := "a task definition of the plan"

_routed(subnet) := answer.unknown(subnet, "internet route", _no_route, "perhaps no subnet that data passes through") if {
	network.internet_route(subnet).status == "fail"
	not _sure_data_subnets[subnet]
} else := {
	"address": subnet,
	"attribute": "internet route",
	"status": found.status,
	"expected": _no_route,
	"actual": found.actual,
} if {
	found := network.internet_route(subnet)
}

_data_subnets := _sure_data_subnets | {subnet |
	some [user, name] in _users
	some subnet in resource.possibly_referred(input.resources[user], name)
	input.resources[subnet].type in _subnet_types
}

_sure_data_subnets contains subnet if {
	some [user, name] in _users
	some subnet in resource.referred(input.resources[user], name)
	input.resources[subnet].type in _subnet_types
}

_users := [[user, name] |
	some type, name in {
		"aws_ecs_service": "network_configuration.subnets",
		"aws_lambda_function": "vpc_config.subnet_ids",
		"aws_mwaa_environment": "network_configuration.subnet_ids",
		"aws_transfer_server": "endpoint_details.subnet_ids",
		"aws_vpc_endpoint": "subnet_ids",
	}
	some user in scope.existing(rego.metadata.chain(), type)
	_inside(input.resources[user])
]

# A server with public addresses of its own is meant to be reached from outside.
_inside(user) if attribute.read(user, ["endpoint_details", 0, "address_allocation_ids"]).status == "not_set"

_inside(user) if attribute.is_value(attribute.read(user, ["endpoint_details", 0, "address_allocation_ids"]), [])

_subnet_types := {"aws_default_subnet", "aws_subnet"}

_no_rules := "managed, without rules"

_no_route := "no route to an internet gateway"
