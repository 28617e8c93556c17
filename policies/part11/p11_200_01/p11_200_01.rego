# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Signing in takes a second factor
# description: |-
#   Part 11 is content with two components such as an identification code and a password; this control asks for more, since
#   a password can be read over a shoulder. Cognito asks for nothing beside it unless mfa_configuration is ON; OPTIONAL leaves
#   the choice to the signer. A remembered device stands in for the second factor where the pool lets it, and a code sent to
#   somebody, or a passkey that need not verify its user, is no password. Signing itself is challenged by P11-200-05, not here.
# custom:
#   id: P11-200-01
#   severity: critical
#   clauses: ["11.200(a)(1)"]
#   annex11: ["12.1", "14"]
#   alcoa: [attributable]
#   requirements: [URS-029]
#   resources: [aws_cognito_user_pool]
#   attributes:
#     - {type: aws_cognito_user_pool, path: device_configuration.challenge_required_on_new_device}
#     - {type: aws_cognito_user_pool, path: mfa_configuration}
#     - {type: aws_cognito_user_pool, path: sign_in_policy.allowed_first_auth_factors}
#     - {type: aws_cognito_user_pool, path: web_authn_configuration.user_verification}
#   environments: [production, qualification, development]
#   failure_msg: "The pool lets people sign in with one component alone: {attribute} is {actual}."
#   fix: Set mfa_configuration = "ON" in aws_cognito_user_pool, leave device_configuration.challenge_required_on_new_device out, and let sign_in_policy begin with PASSWORD alone.
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

answers contains _devices(address) if some address in _pools

answers contains _first(address) if some address in _pools

not_applicable := scope.reason(rego.metadata.chain(), "user pool") if count(_pools) == 0

_pools := scope.existing(rego.metadata.chain(), "aws_cognito_user_pool")

# Where the argument asks for a challenge of new devices, the others answer in place of a person.
# Source: Amazon Cognito API reference, DeviceConfigurationType.
_devices(address) := answer.passed(address, attribute.dotted(path), "false", "not set") if {
	path := ["device_configuration", 0, "challenge_required_on_new_device"]
	attribute.read(input.resources[address], path).status == "not_set"
} else := answer.exact(address, attribute.dotted(path), reading, false) if {
	path := ["device_configuration", 0, "challenge_required_on_new_device"]
	reading := attribute.read(input.resources[address], path)
}

_first(address) := answer.passed(address, _factors, _begins, "not set") if {
	_allowed(address).status == "not_set"
} else := answer.unknown(address, _factors, _begins, "known after apply") if {
	_allowed(address).status == "unknown"
} else := answer.failed(address, _factors, _begins, concat(", ", sort(others))) if {
	others := {factor | some factor in _allowed(address).value} - _strong(address)
	count(others) > 0
} else := answer.passed(address, _factors, _begins, concat(", ", sort(_allowed(address).value)))

_allowed(address) := attribute.read(input.resources[address], ["sign_in_policy", 0, "allowed_first_auth_factors"])

_strong(address) := {"PASSWORD", "WEB_AUTHN"} if {
	attribute.is_value(attribute.read(input.resources[address], ["web_authn_configuration", 0, "user_verification"]), "required")
} else := {"PASSWORD"}

_factors := "sign_in_policy.allowed_first_auth_factors"

_begins := "PASSWORD, or WEB_AUTHN that verifies its user"
