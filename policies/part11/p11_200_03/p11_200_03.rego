# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Passwords are proven, never sent
# description: |-
#   Clients of a user pool sign people in by SRP, which proves a password without handing it over, and renew sessions.
#   Flows that send the password, that an administrator starts, or that a function of one's own decides do not prove who
#   signed. Where nothing is said AWS also allows custom flows. Nor does a pool ask such a function, a client get tokens in an
#   address (implicit), or another identity provider vouch: what that one asks for no plan tells. A function that writes
#   claims into tokens changes neither user, name nor time of the sign-in, and is left alone.
# custom:
#   id: P11-200-03
#   severity: critical
#   clauses: ["11.200(a)(1)"]
#   annex11: ["14"]
#   alcoa: [attributable]
#   requirements: [URS-029]
#   resources: [aws_cognito_user_pool, aws_cognito_user_pool_client, aws_cognito_managed_user_pool_client]
#   attributes:
#     - {type: aws_cognito_user_pool, path: lambda_config.create_auth_challenge}
#     - {type: aws_cognito_user_pool, path: lambda_config.define_auth_challenge}
#     - {type: aws_cognito_user_pool, path: lambda_config.verify_auth_challenge_response}
#     - {type: aws_cognito_user_pool_client, path: allowed_oauth_flows}
#     - {type: aws_cognito_user_pool_client, path: explicit_auth_flows}
#     - {type: aws_cognito_user_pool_client, path: supported_identity_providers}
#     - {type: aws_cognito_managed_user_pool_client, path: allowed_oauth_flows}
#     - {type: aws_cognito_managed_user_pool_client, path: explicit_auth_flows}
#     - {type: aws_cognito_managed_user_pool_client, path: supported_identity_providers}
#   environments: [production, qualification, development]
#   failure_msg: "{address} has {actual} as {attribute}; only {expected} may stand there."
#   fix: Set explicit_auth_flows = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"] in the user pool client, allowed_oauth_flows = ["code"] if any, and no triggers of custom challenges in the pool.
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_200_03

import data.lib.answer
import data.lib.attribute
import data.lib.pool
import data.lib.scope

answers contains answer.of(address, "explicit_auth_flows", shown, compliant, concat(" or ", sort(_allowed))) if {
	some address in _clients
	reading := attribute.read(input.resources[address], ["explicit_auth_flows"])
	compliant := {flows | flows := reading.value; _only_allowed(flows)}
	shown := _shown(reading)
}

answers contains pool.without_trigger(address, trigger) if {
	some address in _pools
	some trigger in ["create_auth_challenge", "define_auth_challenge", "verify_auth_challenge_response"]
}

answers contains _flows(address) if some address in _clients

answers contains _providers(address) if some address in _clients

not_applicable := scope.reason(rego.metadata.chain(), "user pool or client of one") if count(_clients) + count(_pools) == 0

_pools := scope.existing(rego.metadata.chain(), "aws_cognito_user_pool")

_clients := [address |
	some type in ["aws_cognito_user_pool_client", "aws_cognito_managed_user_pool_client"]
	some address in scope.existing(rego.metadata.chain(), type)
]

_flows(address) := answer.passed(address, "allowed_oauth_flows", "no implicit", "not set") if {
	attribute.read(input.resources[address], ["allowed_oauth_flows"]).status == "not_set"
} else := answer.of(address, "allowed_oauth_flows", reading, matches, "no implicit") if {
	reading := attribute.read(input.resources[address], ["allowed_oauth_flows"])
	matches := {flows | flows := reading.value; count({flow | some flow in flows} - {"client_credentials", "code"}) == 0}
}

# Whether another provider asks for two components is for a person to see.
_providers(address) := answer.unknown(address, "supported_identity_providers", "COGNITO", concat(", ", sort(others))) if {
	reading := attribute.read(input.resources[address], ["supported_identity_providers"])
	others := {provider | some provider in reading.value} - {"COGNITO"}
	count(others) > 0
} else := answer.unknown(address, "supported_identity_providers", "COGNITO", "known after apply") if {
	attribute.read(input.resources[address], ["supported_identity_providers"]).status == "unknown"
} else := answer.passed(address, "supported_identity_providers", "COGNITO", "no other")

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
