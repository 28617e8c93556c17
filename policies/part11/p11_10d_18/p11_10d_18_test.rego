# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_18_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_18 as control

test_default_groups[name] if {
	some name, case in {
		"without rules passes": {"group": _group({}), "want": {_managed, _closed("egress"), _closed("ingress")}},
		"with empty lists passes": {
			"group": _group({"ingress": [], "egress": []}),
			"want": {_managed, _answer("egress", "pass", "[]"), _answer("ingress", "pass", "[]")},
		},
		"that lets itself in fails": {
			"group": _group({"ingress": [{"self": true}]}),
			"want": {_managed, _closed("egress"), _answer("ingress", "fail", `[{"self": true}]`)},
		},
		"with rules not known is unknown": {
			"group": fixture.unknown(_group({}), [["egress"]]),
			"want": {_managed, _closed("ingress"), _answer("egress", "unknown", "known after apply")},
		},
		"that may be of another VPC is unknown": {
			"group": fixture.ambiguously_referring(_group({}), {"vpc_id": ["aws_vpc.v"]}),
			"want": {
				answer.unknown("aws_vpc.v", "default security group", "managed, without rules", "known after apply"),
				_closed("egress"), _closed("ingress"),
			},
		},
		"that nobody manages fails": {
			"group": fixture.resource("aws_security_group", "g", {}),
			"want": {answer.failed("aws_vpc.v", "default security group", "managed, without rules", "no aws_default_security_group")},
		},
	}
	plan := fixture.plan([fixture.resource("aws_vpc", "v", {"cidr_block": "10.0.0.0/16"}), case.group])
	control.answers == case.want with input as plan
	not control.not_applicable with input as plan
}

test_a_rule_beside_a_default_group_fails if {
	rule := fixture.referring(fixture.resource("aws_security_group_rule", "r", {}), {"security_group_id": ["aws_default_security_group.d"]})
	plan := fixture.plan([_group({}), rule])
	{answer.failed("aws_default_security_group.d", "ingress", "no rules", "aws_security_group_rule.r")} & control.answers != set() with input as plan
}

test_public_addresses[name] if {
	some name, case in {
		"no": [fixture.resource("aws_subnet", "s", {"map_public_ip_on_launch": false}), "pass"],
		"not said": [fixture.resource("aws_subnet", "s", {}), "pass"],
		"yes": [fixture.resource("aws_subnet", "s", {"map_public_ip_on_launch": true}), "fail"],
		"not known": [fixture.unknown(fixture.resource("aws_subnet", "s", {}), [["map_public_ip_on_launch"]]), "unknown"],
		"a default subnet, not said": [fixture.resource("aws_default_subnet", "s", {}), "fail"],
	}
	{[found.attribute, found.status, found.expected] | some found in control.answers} == {["map_public_ip_on_launch", case[1], "false"]} with input as fixture.plan([case[0]])
}

test_addresses_of_services[name] if {
	some name, case in {
		"none": [_service([{"assign_public_ip": false}]), "pass"],
		"not said": [_service([{}]), "pass"],
		"no network of its own": [_service([]), "pass"],
		"public": [_service([{"assign_public_ip": true}]), "fail"],
		"not known": [fixture.unknown(_service([{}]), [["network_configuration", 0, "assign_public_ip"]]), "unknown"],
		"nothing known of its network": [fixture.unknown(_service([]), [["network_configuration"]]), "unknown"],
	}
	wanted := {[case[1], "false"]}
	{[found.status, found.expected] | some found in control.answers; found.attribute == "network_configuration.assign_public_ip"} == wanted with input as fixture.plan([case[0]])
}

test_what_services_run[name] if {
	some name, case in {
		"a shell": [{"enable_execute_command": true}, "enable_execute_command", "fail"],
		"no shell": [{"enable_execute_command": false}, "enable_execute_command", "pass"],
		"no word of a shell": [{}, "enable_execute_command", "pass"],
		"on AWS's machines": [{"launch_type": "FARGATE"}, "launch_type", "pass"],
		"on the account's machines": [{}, "launch_type", "pass"],
		"on anybody's machine": [{"launch_type": "EXTERNAL"}, "launch_type", "fail"],
		"a definition elsewhere": [{"task_definition": "arn:aws:ecs:eu-central-1:111122223333:task-definition/x:7"}, "task_definition", "unknown"],
	}
	plan := fixture.plan([fixture.resource("aws_ecs_service", "s", case[0])])
	{found.status | some found in control.answers; found.attribute == case[1]} == {case[2]} with input as plan
}

test_what_is_not_known_of_services[name] if {
	some name in ["enable_execute_command", "launch_type"]
	plan := fixture.plan([fixture.unknown(fixture.resource("aws_ecs_service", "s", {}), [[name]])])
	{found.status | some found in control.answers; found.attribute == name} == {"unknown"} with input as plan
}

test_a_service_that_runs_a_definition_of_the_plan[name] if {
	service := fixture.referring(fixture.resource("aws_ecs_service", "s", {}), {"task_definition": ["aws_ecs_task_definition.t"]})
	some name, case in {
		"there": [fixture.resource("aws_ecs_task_definition", "t", {}), "pass"],
		"deleted": [fixture.deleted(fixture.resource("aws_ecs_task_definition", "t", {})), "unknown"],
	}
	plan := fixture.plan([service, case[0]])
	{found.status | some found in control.answers; found.attribute == "task_definition"} == {case[1]} with input as plan
}

_service(network) := fixture.resource("aws_ecs_service", "s", {"network_configuration": network})

test_routes[name] if {
	some name, case in {
		"of a function": [_user("aws_lambda_function", "vpc_config.subnet_ids", {}), "fail"],
		"of a service on ECS": [_user("aws_ecs_service", "network_configuration.subnets", {}), "fail"],
		"of a workflow environment": [_user("aws_mwaa_environment", "network_configuration.subnet_ids", {}), "fail"],
		"of a VPC endpoint": [_user("aws_vpc_endpoint", "subnet_ids", {}), "fail"],
		"of an inner transfer server": [_user("aws_transfer_server", "endpoint_details.subnet_ids", {}), "fail"],
		"of a transfer server with an empty list of addresses": [
			_user("aws_transfer_server", "endpoint_details.subnet_ids", {"endpoint_details": [{"address_allocation_ids": []}]}),
			"fail",
		],
		"of one of several subnets": [
			fixture.ambiguously_referring(_user("aws_lambda_function", "vpc_config.subnet_ids", {}), {"vpc_config.subnet_ids": ["aws_subnet.s"]}),
			"unknown",
		],
	}
	plan := fixture.plan(array.concat(_open, [case[0]]))
	{found.status | some found in control.answers; found.attribute == "internet route"} == {case[1]} with input as plan
}

test_a_transfer_server_with_addresses_is_meant_to_be_reached if {
	server := _user("aws_transfer_server", "endpoint_details.subnet_ids", {"endpoint_details": [{"address_allocation_ids": ["eipalloc-1"]}]})
	{found.attribute | some found in control.answers} == {"map_public_ip_on_launch"} with input as fixture.plan(array.concat(_open, [server]))
}

test_a_closed_subnet_passes if {
	plan := fixture.plan([_open[0], _user("aws_lambda_function", "vpc_config.subnet_ids", {})])
	answer.passed("aws_subnet.s", "internet route", "no route to an internet gateway", "aws_vpc.v") in control.answers with input as plan
}

test_one_of_several_closed_subnets_passes if {
	name := "vpc_config.subnet_ids"
	user := fixture.ambiguously_referring(_user("aws_lambda_function", name, {}), {name: ["aws_subnet.s", "aws_vpc.v"]})
	routes := [[one.address, one.status] | some one in control.answers; one.attribute == "internet route"] with input as fixture.plan([_open[0], user, fixture.resource("aws_vpc", "v", {})])
	routes == [["aws_subnet.s", "pass"]]
}

test_no_network_is_not_applicable if {
	control.not_applicable == "no VPC, subnet, default security group or service on ECS in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_group(values) := fixture.referring(fixture.resource("aws_default_security_group", "d", values), {"vpc_id": ["aws_vpc.v"]})

_user(type, name, values) := fixture.referring(fixture.resource(type, "u", values), {name: ["aws_subnet.s", "aws_vpc.v"]})

_open := [
	fixture.referring(fixture.resource("aws_subnet", "s", {}), {"vpc_id": ["aws_vpc.v"]}),
	fixture.referring(fixture.resource("aws_route", "r", {"gateway_id": "igw-1"}), {"route_table_id": ["aws_vpc.v"]}),
]

_managed := answer.passed("aws_vpc.v", "default security group", "managed, without rules", "aws_default_security_group.d")

_closed(direction) := _answer(direction, "pass", "none")

_answer(direction, status, actual) := {
	"address": "aws_default_security_group.d",
	"attribute": direction,
	"status": status,
	"expected": "no rules",
	"actual": actual,
}
