# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Only its server asks the identity provider
# description: |-
#   Every permission on the function that logs users in lets in transfer.amazonaws.com for the server that names the
#   function, and there is one. Whoever else may call it can try passwords out of sight of the server's log. The function
#   is the one that a server names, or one tagged Part11Role = identity-provider; one of another plan, or behind an API,
#   is not known here.
# custom:
#   id: P11-10d-10
#   severity: high
#   clauses: ["11.10(d)", "11.10(g)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-002]
#   resources: [aws_transfer_server, aws_lambda_function, aws_lambda_permission, aws_lambda_function_url]
#   attributes:
#     - {type: aws_transfer_server, path: arn}
#     - {type: aws_transfer_server, path: identity_provider_type}
#     - {type: aws_transfer_server, path: function}
#     - {type: aws_lambda_function, path: function_name}
#     - {type: aws_lambda_function, path: tags}
#     - {type: aws_lambda_function, path: tags_all}
#     - {type: aws_lambda_permission, path: function_name}
#     - {type: aws_lambda_permission, path: principal}
#     - {type: aws_lambda_permission, path: source_arn}
#     - {type: aws_lambda_function_url, path: function_name}
#   environments: [production, qualification, development]
#   failure_msg: Others than the transfer server may call the identity provider.
#   fix: Give the function one aws_lambda_permission, for transfer.amazonaws.com with source_arn of the server, and no URL.
#   verified_by: [IQ]
package part11.p11_10d_10

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope
import data.lib.transfer

answers contains answer.unknown(server, "function", _expected, "logs in through what is not in the plan") if {
	scope.applies(rego.metadata.chain())
	some server in transfer.foreign_logins
}

answers contains _called(function) if some function in _functions

answers contains _principal(permission) if {
	some function in _functions
	some permission in _permissions[function]
}

answers contains _source(permission, function) if {
	some function in _functions
	some permission in _permissions[function]
}

answers contains answer.failed(url, "function_name", _expected, "a URL of the function") if {
	some url in resource.existing("aws_lambda_function_url")
	some function in (resource.referred(input.resources[url], "function_name") | resource.possibly_referred(input.resources[url], "function_name"))
	_functions[function]
}

not_applicable := scope.reason(rego.metadata.chain(), "identity provider of a transfer server") if count(answers) == 0

_functions := transfer.identity_functions if {
	scope.applies(rego.metadata.chain())
} else := set()

_called(function) := answer.unknown(function, "permission", _expected, $"perhaps also {_unplaced_shown}") if {
	count(_unplaced) > 0
} else := answer.passed(function, "permission", _expected, concat(", ", sort(_permissions[function]))) if {
	_permissions[function]
} else := answer.failed(function, "permission", _expected, "no permission")

_permissions[function] contains permission if {
	some permission in resource.existing("aws_lambda_permission")
	some function in resource.referred(input.resources[permission], "function_name")
}

_unplaced_shown := answer.few(_unplaced)

# Permissions of which the plan does not say whose function they open.
_unplaced contains permission if {
	some permission in resource.existing("aws_lambda_permission")
	of := input.resources[permission]
	attribute.read(of, ["function_name"]).status == "unknown"
	count([function | some function in resource.referred(of, "function_name"); input.resources[function].mode == "managed"]) == 0
}

_principal(permission) := answer.of(permission, "principal", reading, matches, "transfer.amazonaws.com") if {
	reading := attribute.read(input.resources[permission], ["principal"])
	matches := {value | value := reading.value; value in {"transfer.amazonaws.com", "transfer.amazonaws.com.cn"}}
}

_source(permission, function) := answer.passed(permission, "source_arn", _expected, concat(", ", sort(servers))) if {
	servers := transfer.servers_of[function] & resource.referred(input.resources[permission], "source_arn")
	count(servers) > 0
} else := answer.of(permission, "source_arn", reading, matches, _expected) if {
	reading := attribute.read(input.resources[permission], ["source_arn"])
	arns := {input.resources[server].values.arn | some server in object.get(transfer.servers_of, function, set())}
	matches := {value | value := reading.value; value in arns}
}

_expected := "the transfer server alone"
