# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: No function passes a sender's password on
# description: |-
#   With the resource owner password flow (ROPC) a function takes the password of a person and logs in with it elsewhere:
#   no second factor is possible, and whoever owns the function has the password. Refused are variables that ask for the
#   grant "password", or that name Microsoft Entra ID where the server lets a password through. The way out is a key
#   (sftp_authentication_methods = PUBLIC_KEY). The function is the one that a server names, or one tagged Part11Role =
#   identity-provider; one of another plan is not known here. What the code does is shown by a live test.
# custom:
#   id: P11-10d-09
#   severity: high
#   clauses: ["11.10(d)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-002]
#   resources: [aws_transfer_server, aws_lambda_function]
#   attributes:
#     - {type: aws_transfer_server, path: identity_provider_type}
#     - {type: aws_transfer_server, path: function}
#     - {type: aws_transfer_server, path: sftp_authentication_methods}
#     - {type: aws_lambda_function, path: environment.variables}
#     - {type: aws_lambda_function, path: tags}
#     - {type: aws_lambda_function, path: tags_all}
#   environments: [production, qualification, development]
#   failure_msg: The identity provider logs in elsewhere with the password of a person.
#   fix: Let senders log in with keys, and remove the token endpoint and the password grant from the function.
#   verified_by: [IQ]
package part11.p11_10d_09

import data.lib.answer
import data.lib.attribute
import data.lib.scope
import data.lib.transfer

answers contains answer.unknown(server, "function", _expected, "logs in through what is not in the plan") if {
	scope.applies(rego.metadata.chain())
	some server in transfer.foreign_logins
}

answers contains _judged(function) if some function in _functions

not_applicable := scope.reason(rego.metadata.chain(), "identity provider of a transfer server") if count(answers) == 0

_functions := transfer.identity_functions if {
	scope.applies(rego.metadata.chain())
} else := set()

_judged(function) := answer.failed(function, _name, _expected, concat(", ", sort(_passing_on(function)))) if {
	count(_passing_on(function)) > 0
} else := answer.unknown(function, _name, _expected, "known after apply") if {
	_undecided(input.resources[function])
} else := answer.passed(function, _name, _expected, "none")

# Names of variables that tell of the flow.
_passing_on(function) := {name |
	some name, value in _variables(function)
	_grants_password(lower(name), lower(value))
} | {name |
	_takes_passwords(function)
	some name, value in _variables(function)
	_entra(lower(value))
}

# Known ones, whatever stands beside them.
_variables(function) := object.get(input.resources[function].values, _path, {})

_grants_password(name, _) if contains(name, "ropc")

_grants_password(_, value) if regex.match(`grant_type["' ]*[=:]["' ]*password`, value)

_grants_password(name, "password") if regex.match(`grant|flow`, name)

_entra(value) if regex.match(`login\.(partner\.)?microsoftonline\.|sts\.windows\.net`, value)

# A key for every login, at every server that names the function.
_takes_passwords(function) if {
	methods := {attribute.read(input.resources[server], ["sftp_authentication_methods"]) |
		some server in object.get(transfer.servers_of, function, set())
	}
	methods != {{"status": "known", "value": "PUBLIC_KEY"}}
}

_undecided(of) if attribute.blocks_unknown(of, ["environment"])

_undecided(of) if {
	some path in of.unknown
	path == _path
}

# Names and ARNs of the plan's own resources are not known yet either; a variable of such a name says where passwords go.
_undecided(of) if {
	some path in of.unknown
	array.slice(path, 0, 3) == _path
	regex.match(`url|uri|endpoint|authority|issuer|tenant|grant|flow|token|oauth|login`, lower(path[3]))
}

_path := ["environment", 0, "variables"]

_name := "environment.variables"

_expected := "no variable of a password flow"
