# SPDX-License-Identifier: Apache-2.0

package lib.network

import data.lib.attribute
import data.lib.resource

# Whether a route leads from a subnet to an internet gateway: {"status": "pass" | "fail" | "unknown", "actual": short text}.
# pass = none does.
internet_route(subnet) := {"status": "fail", "actual": concat(", ", sort(open))} if {
	open := {route | some table in _tables(subnet); some route in object.get(_internet_routes, table, set())}
	count(open) > 0
} else := {"status": "unknown", "actual": "route table known after apply"} if {
	_perhaps_associated[subnet]
} else := {"status": "unknown", "actual": "a route known after apply"} if {
	count(_unclear_routes) > 0
} else := {"status": "pass", "actual": concat(", ", sort(_tables(subnet)))} if {
	count(_tables(subnet)) > 0
} else := {"status": "unknown", "actual": "main route table of another plan"}

# A subnet without a table of its own uses the main one of its VPC, which goes by the name of the VPC.
_tables(subnet) := tables if {
	tables := _associated[subnet]
} else := tables if {
	vpcs := resource.referred(input.resources[subnet], "vpc_id")
	tables := {table | some vpc in vpcs; some table in object.get(_main, vpc, {vpc})}
}

_associated[subnet] contains table if {
	some association in resource.existing("aws_route_table_association")
	of := input.resources[association]
	some subnet in resource.referred(of, "subnet_id")
	some table in _tables_in(of, "route_table_id")
}

_perhaps_associated contains subnet if {
	some association in resource.existing("aws_route_table_association")
	of := input.resources[association]
	some subnet in (resource.possibly_referred(of, "subnet_id") | resource.referred(of, "subnet_id"))
	not _surely_associates(of)
}

_surely_associates(of) if {
	count(resource.referred(of, "subnet_id")) > 0
	count(resource.referred(of, "route_table_id")) > 0
}

# VPC -> tables that take the place of its first one, or manage it.
_main[vpc] contains table if {
	some table in resource.existing("aws_default_route_table")
	some vpc in resource.referred(input.resources[table], "default_route_table_id")
}

_main[vpc] contains table if {
	some association in resource.existing("aws_main_route_table_association")
	of := input.resources[association]
	some vpc in resource.referred(of, "vpc_id")
	some table in resource.referred(of, "route_table_id")
}

# A table, or the VPC for its main one -> routes to an internet gateway.
_internet_routes[table] contains route if {
	some route in resource.existing("aws_route")
	_to_internet(input.resources[route], ["gateway_id"])
	some table in _tables_in(input.resources[route], "route_table_id")
}

_internet_routes[table] contains table if {
	some type in ["aws_default_route_table", "aws_route_table"]
	some table in resource.existing(type)
	some i in attribute.blocks(input.resources[table], ["route"])
	_to_internet(input.resources[table], ["route", i, "gateway_id"])
}

# Blocks that are not known as a whole still name their gateway.
_internet_routes[table] contains table if {
	some type in ["aws_default_route_table", "aws_route_table"]
	some table in resource.existing(type)
	_gateway_named(input.resources[table], "route.gateway_id")
}

# A route to the internet whose table cannot be told, or one that may lead anywhere.
_unclear_routes contains route if {
	some route in resource.existing("aws_route")
	_to_internet(input.resources[route], ["gateway_id"])
	count(_tables_in(input.resources[route], "route_table_id")) == 0
}

_unclear_routes contains route if {
	some route in resource.existing("aws_route")
	of := input.resources[route]
	attribute.read(of, ["gateway_id"]).status == "unknown"
	gateways := resource.referred(of, "gateway_id") | resource.possibly_referred(of, "gateway_id")
	count([gateway | some gateway in gateways; input.resources[gateway].mode == "managed"]) == 0
}

# Blocks that are not known and lead nowhere that can be told.
_unclear_routes contains table if {
	some type in ["aws_default_route_table", "aws_route_table"]
	some table in resource.existing(type)
	of := input.resources[table]
	attribute.blocks_unknown(of, ["route"])
	"route.gateway_id" in of.configured
	count(object.get(of.refs, "route.gateway_id", [])) == 0
}

_tables_in(of, name) := {table |
	some named in resource.referred(of, name)
	some table in _standing_for(named)
}

_standing_for(named) := object.get(_main, named, {named})

_to_internet(of, path) if {
	startswith(attribute.read(of, path).value, "igw-")
} else if _gateway_named(of, attribute.dotted(path))

_gateway_named(of, name) if {
	some gateway in (resource.referred(of, name) | resource.possibly_referred(of, name))
	input.resources[gateway].type == "aws_internet_gateway"
}
