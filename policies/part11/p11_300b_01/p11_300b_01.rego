# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Passwords of signers are long, mixed and not used again
# description: |-
#   At least 14 characters of four kinds, none of the last 12 passwords, and a first password that is used within a day:
#   what the pool itself enforces, nobody has to check by hand. Where nothing is said AWS remembers no password and leaves
#   a first one valid for a week.
# custom:
#   id: P11-300b-01
#   severity: high
#   clauses: ["11.300(b)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-029]
#   resources: [aws_cognito_user_pool]
#   attributes:
#     - {type: aws_cognito_user_pool, path: password_policy.minimum_length}
#     - {type: aws_cognito_user_pool, path: password_policy.password_history_size}
#     - {type: aws_cognito_user_pool, path: password_policy.require_lowercase}
#     - {type: aws_cognito_user_pool, path: password_policy.require_numbers}
#     - {type: aws_cognito_user_pool, path: password_policy.require_symbols}
#     - {type: aws_cognito_user_pool, path: password_policy.require_uppercase}
#     - {type: aws_cognito_user_pool, path: password_policy.temporary_password_validity_days}
#   environments: [production, qualification, development]
#   failure_msg: "The password policy is too weak: {attribute} is {actual}, {expected} is required."
#   fix: Set minimum_length = 14, password_history_size = 12, temporary_password_validity_days = 1 and the four require_ arguments of password_policy to true.
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_300b_01

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.at_least(address, attribute.dotted(path), reading, 14, "characters") if {
	path := ["password_policy", 0, "minimum_length"]
	some address in _pools
	reading := attribute.read(input.resources[address], path)
}

answers contains answer.at_least(address, attribute.dotted(path), reading, 12, "passwords") if {
	path := ["password_policy", 0, "password_history_size"]
	some address in _pools
	reading := attribute.read(input.resources[address], path)
}

answers contains answer.at_most(address, attribute.dotted(path), reading, 1, "days") if {
	path := ["password_policy", 0, "temporary_password_validity_days"]
	some address in _pools
	reading := attribute.read(input.resources[address], path)
}

answers contains answer.exact(address, attribute.dotted(path), reading, true) if {
	some path in _kinds
	some address in _pools
	reading := attribute.read(input.resources[address], path)
}

not_applicable := scope.reason(rego.metadata.chain(), "user pool") if count(_pools) == 0

_pools := scope.existing(rego.metadata.chain(), "aws_cognito_user_pool")

_kinds := [
	["password_policy", 0, "require_lowercase"],
	["password_policy", 0, "require_numbers"],
	["password_policy", 0, "require_symbols"],
	["password_policy", 0, "require_uppercase"],
]
