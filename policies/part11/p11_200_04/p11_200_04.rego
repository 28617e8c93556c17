# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Sessions of signers are short and can be revoked
# description: |-
#   Whoever finds a session open signs as somebody else. Access and id tokens last 15 minutes at most, a session is renewed
#   for 8 hours at most, a sign-in is finished within 5 minutes, and tokens can be revoked. Units not written are hours for
#   access and id tokens and days for refresh tokens; AWS's own lifetimes are an hour and 30 days.
# custom:
#   id: P11-200-04
#   severity: high
#   clauses: ["11.200(a)(1)(i)"]
#   annex11: ["14"]
#   alcoa: [attributable, contemporaneous]
#   requirements: [URS-029]
#   resources: [aws_cognito_user_pool_client, aws_cognito_managed_user_pool_client]
#   attributes:
#     - {type: aws_cognito_user_pool_client, path: access_token_validity}
#     - {type: aws_cognito_user_pool_client, path: auth_session_validity}
#     - {type: aws_cognito_user_pool_client, path: enable_token_revocation}
#     - {type: aws_cognito_user_pool_client, path: id_token_validity}
#     - {type: aws_cognito_user_pool_client, path: refresh_token_validity}
#     - {type: aws_cognito_user_pool_client, path: token_validity_units.access_token}
#     - {type: aws_cognito_user_pool_client, path: token_validity_units.id_token}
#     - {type: aws_cognito_user_pool_client, path: token_validity_units.refresh_token}
#     - {type: aws_cognito_managed_user_pool_client, path: access_token_validity}
#     - {type: aws_cognito_managed_user_pool_client, path: auth_session_validity}
#     - {type: aws_cognito_managed_user_pool_client, path: enable_token_revocation}
#     - {type: aws_cognito_managed_user_pool_client, path: id_token_validity}
#     - {type: aws_cognito_managed_user_pool_client, path: refresh_token_validity}
#     - {type: aws_cognito_managed_user_pool_client, path: token_validity_units.access_token}
#     - {type: aws_cognito_managed_user_pool_client, path: token_validity_units.id_token}
#     - {type: aws_cognito_managed_user_pool_client, path: token_validity_units.refresh_token}
#   environments: [production, qualification, development]
#   failure_msg: "Sessions of the client last too long or cannot be revoked: {attribute} is {actual}, {expected} is required."
#   fix: Set access_token_validity and id_token_validity to 15 minutes or less, refresh_token_validity to 8 hours or less, with their token_validity_units, auth_session_validity to 5 or less and enable_token_revocation = true.
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_200_04

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.at_most(address, name, reading, maximum, "minutes") if {
	some address in _clients
	some token, maximum in {"access": 15, "id": 15, "refresh": 480}
	name := $"{token}_token_validity"
	reading := _lifetime(input.resources[address], token)
}

answers contains answer.at_most(address, "auth_session_validity", reading, 5, "minutes") if {
	some address in _clients
	reading := attribute.read(input.resources[address], ["auth_session_validity"])
}

answers contains answer.exact(address, "enable_token_revocation", reading, true) if {
	some address in _clients
	reading := attribute.read(input.resources[address], ["enable_token_revocation"])
}

not_applicable := scope.reason(rego.metadata.chain(), "user pool client") if count(_clients) == 0

_clients := [address |
	some type in scope.types(rego.metadata.chain())
	some address in scope.existing(rego.metadata.chain(), type)
]

# Reading of a token's lifetime in minutes.
_lifetime(client, token) := {"status": "unknown"} if {
	some reading in [_number(client, token), _unit(client, token)]
	reading.status == "unknown"
} else := {"status": "known", "value": (number * _seconds[unit]) / 60} if {
	number := _number(client, token).value
	unit := _unit_or_default(client, token)
} else := {"status": "not_set"}

_number(client, token) := attribute.read(client, [concat("_", [token, "token", "validity"])])

_unit(client, token) := attribute.read(client, ["token_validity_units", 0, concat("_", [token, "token"])])

# Source: Amazon Cognito API reference, CreateUserPoolClient, AccessTokenValidity and RefreshTokenValidity.
_unit_or_default(client, token) := _unit(client, token).value if {
	_unit(client, token).status == "known"
} else := "days" if {
	token == "refresh"
} else := "hours"

_seconds := {"seconds": 1, "minutes": 60, "hours": 3600, "days": 86400}
