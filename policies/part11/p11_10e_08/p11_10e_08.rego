# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Transfer servers write structured logs
# description: |-
#   Each login, refusal, opened and closed file becomes a JSON event with user, source address and bytes, in a log group
#   that the plan or an ARN names. A logging role alone writes the old format, of which no filter can rely.
# custom:
#   id: P11-10e-08
#   severity: critical
#   clauses: ["11.10(e)"]
#   annex11: ["9", "12.4"]
#   alcoa: [attributable, contemporaneous, complete]
#   requirements: [URS-017]
#   resources: [aws_transfer_server, aws_cloudwatch_log_group]
#   attributes:
#     - {type: aws_transfer_server, path: structured_log_destinations}
#     - {type: aws_cloudwatch_log_group, path: name}
#   environments: [production, qualification, development]
#   failure_msg: The transfer server writes no structured log.
#   fix: Set structured_log_destinations to the ARN of a log group, followed by ":*".
#   verified_by: [IQ, OQ-sftp-upload]
package part11.p11_10e_08

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope

answers contains _judged(address) if some address in _servers

not_applicable := scope.reason(rego.metadata.chain(), "transfer server") if count(_servers) == 0

_servers := scope.existing(rego.metadata.chain(), "aws_transfer_server")

# The ARN of a new log group is not known yet; that the server refers to it decides.
_judged(address) := answer.passed(address, _attribute, _expected, concat(", ", sort(_groups(address)))) if {
	count(_groups(address)) > 0
} else := answer.of(address, _attribute, _reading(address), _literal(address), _expected)

_groups(address) := {group |
	some group in resource.referred(input.resources[address], _attribute)
	input.resources[group].type == "aws_cloudwatch_log_group"
	resource.exists(input.resources[group])
}

_literal(address) := {value |
	some value in _reading(address).value
	regex.match(`^arn:[a-z-]+:logs:[a-z0-9-]+:[0-9]{12}:log-group:[^:*]+(:\*)?$`, value)
}

_reading(address) := attribute.read(input.resources[address], [_attribute])

_attribute := "structured_log_destinations"

_expected := "a log group"
