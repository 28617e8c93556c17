# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The second factor is an authenticator app or a passkey
# description: |-
#   A text message can be read by whoever holds the number or the phone network. The pool offers time-based codes, or
#   passkeys that must verify their user: one that only may do so is one component, not two.
# custom:
#   id: P11-200-02
#   severity: high
#   clauses: ["11.200(a)(2)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-029]
#   resources: [aws_cognito_user_pool]
#   attributes:
#     - {type: aws_cognito_user_pool, path: software_token_mfa_configuration.enabled}
#     - {type: aws_cognito_user_pool, path: web_authn_configuration.user_verification}
#   environments: [production, qualification, development]
#   failure_msg: The pool offers neither authenticator apps nor passkeys that verify their user.
#   fix: Set software_token_mfa_configuration.enabled = true, or web_authn_configuration.user_verification = "required".
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_200_02

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains _judged(address, app, passkey) if {
	some address in _pools
	app := attribute.read(input.resources[address], ["software_token_mfa_configuration", 0, "enabled"])
	passkey := attribute.read(input.resources[address], ["web_authn_configuration", 0, "user_verification"])
}

not_applicable := scope.reason(rego.metadata.chain(), "user pool") if count(_pools) == 0

_pools := scope.existing(rego.metadata.chain(), "aws_cognito_user_pool")

_judged(address, app, passkey) := answer.passed(address, _passkeys, _expected, "passkeys") if {
	attribute.is_value(passkey, "required")
} else := answer.unknown(address, _passkeys, _expected, attribute.shown(passkey)) if {
	passkey.status == "unknown"
	not attribute.is_value(app, true)
} else := answer.of(address, "software_token_mfa_configuration.enabled", app, {1 | app.value == true}, _expected)

_passkeys := "web_authn_configuration.user_verification"

_expected := "authenticator apps or passkeys"
