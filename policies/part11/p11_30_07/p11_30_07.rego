# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: No secret in plan or code
# description: |-
#   A host key, a secret's text or a variable that looks like a secret stands in clear text in the configuration,
#   the plan and the state, and whoever reads one of them has it. Answers never show the value.
# custom:
#   id: P11-30-07
#   severity: high
#   clauses: ["11.30", "11.300(d)"]
#   annex11: ["12"]
#   alcoa: [attributable, original]
#   requirements: [URS-011]
#   resources: [aws_transfer_server, aws_secretsmanager_secret_version, aws_lambda_function]
#   attributes:
#     - {type: aws_transfer_server, path: host_key}
#     - {type: aws_secretsmanager_secret_version, path: secret_string}
#     - {type: aws_secretsmanager_secret_version, path: secret_binary}
#     - {type: aws_lambda_function, path: environment.variables}
#   environments: [production, qualification, development]
#   failure_msg: A secret stands in the plan.
#   fix: Let the service generate the host key, write secrets outside Terraform (or with write-only arguments), and hand functions the ARN of a secret.
#   verified_by: [IQ]
package part11.p11_30_07

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope

answers contains _withheld(address, name) if {
	some type, names in _literals
	some address in resource.existing(type)
	some name in names
}

answers contains _function(address) if some address in _functions

not_applicable := scope.reason(rego.metadata.chain(), "transfer server, secret version or function") if {
	count(_functions) + sum([count(resource.existing(type)) | some type, _ in _literals]) == 0
}

_functions := resource.existing("aws_lambda_function")

_literals := {
	"aws_secretsmanager_secret_version": ["secret_binary", "secret_string"],
	"aws_transfer_server": ["host_key"],
}

_withheld(address, name) := answer.passed(address, name, _expected, "not set") if {
	_reading(address, [name]).status == "not_set"
} else := answer.unknown(address, name, _expected, "known after apply") if {
	_reading(address, [name]) == {"status": "unknown"}
} else := answer.failed(address, name, _expected, "a value (not shown)")

_function(address) := answer.failed(address, "environment.variables", _expected, $"{concat(", ", sort(_telling(address)))} (values not shown)") if {
	count(_telling(address)) > 0
} else := answer.unknown(address, "environment.variables", _expected, "hidden as sensitive") if {
	some hidden in input.resources[address].sensitive
	count(hidden) <= count(_variables)
	hidden == array.slice(_variables, 0, count(hidden))
} else := answer.unknown(address, "environment.variables", _expected, "known after apply") if {
	_undecided(address)
} else := answer.passed(address, "environment.variables", _expected, "none")

_variables := ["environment", 0, "variables"]

_undecided(address) if attribute.blocks_unknown(input.resources[address], ["environment"])

_undecided(address) if {
	some path in input.resources[address].unknown
	path == _variables
}

# A variable known after apply is no literal, but under a secret's name it may well be one.
_undecided(address) if {
	some path in input.resources[address].unknown
	array.slice(path, 0, 3) == _variables
	_secret_name(lower(path[3]))
}

# A variable marked sensitive holds a secret by its mark.
_telling(address) := names | {path[3] | some path in input.resources[address].sensitive; array.slice(path, 0, 3) == _variables} if {
	names := _looking_secret(address)
}

# Names of variables that hold a secret by their look.
_looking_secret(address) := {name |
	some name, value in object.get(input.resources[address].values, _variables, {})
	_secret(lower(name), value)
}

_secret(_, value) if {
	some text in data.part11_data.secret_text
	contains(value, text)
}

_secret(name, value) if {
	value != ""
	not startswith(value, "arn:")
	_secret_name(name)
}

_secret_name(name) if {
	some part in data.part11_data.secret_names
	contains(name, part)
	not _names_a_place(name)
}

_names_a_place(name) if {
	some ending in data.part11_data.reference_names
	endswith(name, ending)
}

_reading(address, path) := attribute.read(input.resources[address], path)

_expected := "no secret"
