# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The network around the transfer server keeps a log
# description: |-
#   A flow log of the VPC in which a transfer server stands records all traffic, refused attempts above all: the server's
#   own log begins only where a connection was accepted. Flow logs of another plan are not known here.
# custom:
#   id: P11-10e-14
#   severity: medium
#   clauses: ["11.10(e)", "11.10(h)"]
#   annex11: ["12.4"]
#   alcoa: [complete, attributable]
#   requirements: [URS-004, URS-017]
#   resources: [aws_transfer_server, aws_flow_log]
#   attributes:
#     - {type: aws_transfer_server, path: endpoint_details.vpc_id}
#     - {type: aws_flow_log, path: vpc_id}
#     - {type: aws_flow_log, path: traffic_type}
#   environments: [production, qualification, development]
#   failure_msg: Nobody records who tried to reach the transfer server.
#   fix: Add aws_flow_log with vpc_id of the server's VPC and traffic_type ALL.
#   verified_by: [IQ]
package part11.p11_10e_14

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope

answers contains answer.exact(log, "traffic_type", attribute.read(input.resources[log], ["traffic_type"]), "ALL") if {
	some server in _servers
	some vpc in _vpcs(server)
	some log in object.get(_logs, vpc, set())
}

answers contains _unlogged(server) if {
	some server in _servers
	count([log | some vpc in _vpcs(server); some log in object.get(_logs, vpc, set())]) == 0
}

not_applicable := scope.reason(rego.metadata.chain(), "transfer server in a VPC") if count(_servers) == 0

_servers := [server |
	some server in scope.existing(rego.metadata.chain(), "aws_transfer_server")
	_vpc(server).status != "not_set"
]

_unlogged(server) := answer.unknown(server, _name, _expected, "a VPC of another plan") if {
	every vpc in _vpcs(server) {
		not input.resources[vpc]
	}
} else := answer.unknown(server, _name, _expected, "a flow log whose VPC is known after apply") if {
	count(_lost_logs) + count(_vpcs(server) & _perhaps_logged) > 0
} else := answer.failed(server, _name, _expected, "no flow log of its VPC")

_perhaps_logged contains vpc if {
	some log in resource.existing("aws_flow_log")
	some vpc in resource.possibly_referred(input.resources[log], "vpc_id")
}

_lost_logs contains log if {
	some log in resource.existing("aws_flow_log")
	attribute.read(input.resources[log], ["vpc_id"]).status == "unknown"
	count(object.get(input.resources[log].refs, "vpc_id", [])) == 0
}

# A VPC by its address in the plan, else by its id.
_vpcs(server) := vpcs if {
	vpcs := resource.referred(input.resources[server], _name)
	count(vpcs) > 0
} else := {_vpc(server).value} if {
	_vpc(server).status == "known"
} else := set()

_vpc(server) := attribute.read(input.resources[server], ["endpoint_details", 0, "vpc_id"])

_logs[vpc] contains log if {
	some log in resource.existing("aws_flow_log")
	some vpc in resource.referred(input.resources[log], "vpc_id")
}

_logs[vpc] contains log if {
	some log in resource.existing("aws_flow_log")
	vpc := input.resources[log].values.vpc_id
}

_name := "endpoint_details.vpc_id"

_expected := "a VPC with a flow log"
