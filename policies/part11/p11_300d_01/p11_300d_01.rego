# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Attempts to use leaked passwords are blocked
# description: |-
#   The pool compares sign-ins with known leaks and blocks what it finds: threat protection ENFORCED, which only the PLUS
#   tier has, and a risk configuration of the whole pool whose compromised_credentials_risk_configuration is BLOCK at sign-in
#   and at each change of a password. A configuration of one client wins over that of the pool, so it must block as well.
# custom:
#   id: P11-300d-01
#   severity: high
#   clauses: ["11.300(d)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-021, URS-029]
#   resources: [aws_cognito_user_pool, aws_cognito_risk_configuration]
#   attributes:
#     - {type: aws_cognito_user_pool, path: user_pool_add_ons.advanced_security_mode}
#     - {type: aws_cognito_user_pool, path: user_pool_tier}
#     - {type: aws_cognito_risk_configuration, path: client_id}
#     - {type: aws_cognito_risk_configuration, path: compromised_credentials_risk_configuration.actions.event_action}
#     - {type: aws_cognito_risk_configuration, path: compromised_credentials_risk_configuration.event_filter}
#     - {type: aws_cognito_risk_configuration, path: user_pool_id}
#   environments: [production, qualification, development]
#   failure_msg: "Sign-ins with leaked passwords are not blocked: {attribute} is {actual}, {expected} is required."
#   fix: Set user_pool_tier = "PLUS", user_pool_add_ons.advanced_security_mode = "ENFORCED" and add an aws_cognito_risk_configuration that blocks compromised credentials.
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_300d_01

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope

answers contains answer.exact(address, attribute.dotted(path), reading, expected) if {
	some address in _pools
	some [path, expected] in [
		[["user_pool_add_ons", 0, "advanced_security_mode"], "ENFORCED"],
		[["user_pool_tier"], "PLUS"],
	]
	reading := attribute.read(input.resources[address], path)
}

answers contains _missing(address) if {
	some address in _pools
	not _of_whole_pool[address]
}

answers contains answer.exact(risk, _action, reading, "BLOCK") if {
	some risk in _judged
	reading := attribute.read(input.resources[risk], ["compromised_credentials_risk_configuration", 0, "actions", 0, "event_action"])
}

answers contains answer.of(risk, _filter, reading, complete, "SIGN_IN and PASSWORD_CHANGE") if {
	some risk in _judged
	reading := attribute.read(input.resources[risk], ["compromised_credentials_risk_configuration", 0, "event_filter"])
	reading.status != "not_set"
	complete := {events | events := reading.value; count({"SIGN_IN", "PASSWORD_CHANGE"} - {event | some event in events}) == 0}
}

not_applicable := scope.reason(rego.metadata.chain(), "user pool") if count(_pools) == 0

_pools := scope.existing(rego.metadata.chain(), "aws_cognito_user_pool")

_risks := resource.existing("aws_cognito_risk_configuration")

# One of a pool outside the plan as well: which one it means is not always known.
_judged := [risk | some risk in _risks; count(_pools) > 0]

# Pools with a risk configuration that surely is theirs and no single client's.
_of_whole_pool contains pool if {
	some risk in _risks
	attribute.read(input.resources[risk], ["client_id"]).status == "not_set"
	some pool in resource.referred(input.resources[risk], "user_pool_id")
}

_perhaps_of contains pool if {
	some risk in _risks
	some pool in resource.possibly_referred(input.resources[risk], "user_pool_id")
}

_missing(pool) := answer.unknown(pool, _action, "BLOCK", "instance not known") if {
	_perhaps_of[pool]
} else := answer.failed(pool, _action, "BLOCK", "not set")

_action := "compromised_credentials_risk_configuration.actions.event_action"

_filter := "compromised_credentials_risk_configuration.event_filter"
