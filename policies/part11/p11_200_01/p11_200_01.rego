# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Signing in takes a second factor
# description: |-
#   Part 11 is content with two components such as an identification code and a password; this control asks for more, since
#   a password can be read over a shoulder. Cognito asks for nothing beside it unless mfa_configuration is ON; OPTIONAL leaves
#   the choice to the signer. Signing itself is challenged by P11-200-05, not here.
# custom:
#   id: P11-200-01
#   severity: critical
#   clauses: ["11.200(a)(1)"]
#   annex11: ["12.1", "14"]
#   alcoa: [attributable]
#   requirements: [URS-029]
#   resources: [aws_cognito_user_pool]
#   attributes:
#     - {type: aws_cognito_user_pool, path: mfa_configuration}
#   environments: [production, qualification, development]
#   failure_msg: The pool lets people sign in with a password alone.
#   fix: Set mfa_configuration = "ON" in aws_cognito_user_pool.
#   waivable: false
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_200_01

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.exact(address, "mfa_configuration", reading, "ON") if {
	some address in _pools
	reading := attribute.read(input.resources[address], ["mfa_configuration"])
}

not_applicable := scope.reason(rego.metadata.chain(), "user pool") if count(_pools) == 0

_pools := scope.existing(rego.metadata.chain(), "aws_cognito_user_pool")
