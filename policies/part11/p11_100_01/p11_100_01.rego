# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Accounts are made by administrators and names are unique
# description: |-
#   A signature belongs to one individual, so nobody opens an account for himself, "Smith" and "smith" are one name, and
#   the pool that remembers who had which name cannot be deleted by accident. AWS lets everybody sign up, tells case
#   apart and protects nothing where nothing is said; the case rule of a pool cannot be changed later. No function makes
#   accounts of whoever tries to sign in (user_migration).
# custom:
#   id: P11-100-01
#   severity: high
#   clauses: ["11.100(a)"]
#   annex11: ["12.3"]
#   alcoa: [attributable]
#   requirements: [URS-029]
#   resources: [aws_cognito_user_pool]
#   attributes:
#     - {type: aws_cognito_user_pool, path: admin_create_user_config.allow_admin_create_user_only}
#     - {type: aws_cognito_user_pool, path: deletion_protection}
#     - {type: aws_cognito_user_pool, path: lambda_config.user_migration}
#     - {type: aws_cognito_user_pool, path: username_configuration.case_sensitive}
#   environments: [production, qualification, development]
#   failure_msg: "Accounts of the pool may not belong to one known person each: {attribute} is {actual}."
#   fix: Set admin_create_user_config.allow_admin_create_user_only = true, username_configuration.case_sensitive = false and deletion_protection = "ACTIVE", and no user_migration in lambda_config.
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_100_01

import data.lib.answer
import data.lib.attribute
import data.lib.pool
import data.lib.scope

answers contains answer.exact(address, attribute.dotted(path), reading, expected) if {
	some address in _pools
	some [path, expected] in _required
	reading := attribute.read(input.resources[address], path)
}

answers contains pool.without_trigger(address, "user_migration") if some address in _pools

not_applicable := scope.reason(rego.metadata.chain(), "user pool") if count(_pools) == 0

_pools := scope.existing(rego.metadata.chain(), "aws_cognito_user_pool")

_required := [
	[["admin_create_user_config", 0, "allow_admin_create_user_only"], true],
	[["deletion_protection"], "ACTIVE"],
	[["username_configuration", 0, "case_sensitive"], false],
]
