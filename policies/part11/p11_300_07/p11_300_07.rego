# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Signing in does not tell which accounts exist
# description: |-
#   With LEGACY, and where nothing is said, Cognito answers "user does not exist" to anyone who asks: a list of signers for
#   whoever wants to guess their passwords.
# custom:
#   id: P11-300-07
#   severity: medium
#   clauses: ["11.300(d)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-029]
#   resources: [aws_cognito_user_pool_client, aws_cognito_managed_user_pool_client]
#   attributes:
#     - {type: aws_cognito_user_pool_client, path: prevent_user_existence_errors}
#     - {type: aws_cognito_managed_user_pool_client, path: prevent_user_existence_errors}
#   environments: [production, qualification, development]
#   failure_msg: The client tells a stranger which accounts exist.
#   fix: Set prevent_user_existence_errors = "ENABLED" in the user pool client.
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_300_07

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.exact(address, "prevent_user_existence_errors", reading, "ENABLED") if {
	some address in _clients
	reading := attribute.read(input.resources[address], ["prevent_user_existence_errors"])
}

not_applicable := scope.reason(rego.metadata.chain(), "user pool client") if count(_clients) == 0

_clients := [address |
	some type in scope.types(rego.metadata.chain())
	some address in scope.existing(rego.metadata.chain(), type)
]
