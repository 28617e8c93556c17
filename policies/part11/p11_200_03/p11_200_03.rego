# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Passwords are proven, never sent
# description: |-
#   Clients of a user pool sign people in by SRP, which proves a password without handing it over, and renew sessions.
#   Flows that send the password, that an administrator starts, or that a function of one's own decides do not prove who
#   signed. Where nothing is said AWS also allows custom flows.
# custom:
#   id: P11-200-03
#   severity: critical
#   clauses: ["11.200(a)(1)"]
#   annex11: ["14"]
#   alcoa: [attributable]
#   requirements: [URS-029]
#   resources: [aws_cognito_user_pool_client, aws_cognito_managed_user_pool_client]
#   attributes:
#     - {type: aws_cognito_user_pool_client, path: explicit_auth_flows}
#     - {type: aws_cognito_managed_user_pool_client, path: explicit_auth_flows}
#   environments: [production, qualification, development]
#   failure_msg: "The client allows {actual}; only {expected} may be allowed."
#   fix: Set explicit_auth_flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] in the user pool client.
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_200_03

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.of(address, "explicit_auth_flows", shown, compliant, concat(" or ", sort(_allowed))) if {
	some address in _clients
	reading := attribute.read(input.resources[address], ["explicit_auth_flows"])
	compliant := {flows | flows := reading.value; _only_allowed(flows)}
	shown := _shown(reading)
}

not_applicable := scope.reason(rego.metadata.chain(), "user pool client") if count(_clients) == 0

_clients := [address |
	some type in scope.types(rego.metadata.chain())
	some address in scope.existing(rego.metadata.chain(), type)
]

# An empty list is AWS's default, custom flows included.
_only_allowed(flows) if {
	count(flows) > 0
	every flow in flows {
		_allowed[flow]
	}
}

_shown(reading) := object.union(reading, {"value": concat(", ", reading.value)}) if {
	count(reading.value) > 0
} else := {"status": "not_set"} if {
	reading.status == "known"
} else := reading

_allowed := {"ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"}
