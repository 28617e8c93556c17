# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Completed and failed uploads are recorded
# description: |-
#   For each transfer server an enabled event rule with a target hears the uploads over SFTP that are completed, and one
#   those that have failed: user, session, bytes and outcome of every attempt. The attribute of an answer names the outcome.
# custom:
#   id: P11-10e-15
#   severity: high
#   clauses: ["11.10(e)"]
#   annex11: ["9"]
#   alcoa: [attributable, contemporaneous, complete]
#   requirements: [URS-017, URS-024]
#   resources: [aws_transfer_server, aws_cloudwatch_event_rule, aws_cloudwatch_event_target]
#   attributes:
#     - {type: aws_transfer_server, path: id}
#     - {type: aws_cloudwatch_event_rule, path: event_bus_name}
#     - {type: aws_cloudwatch_event_rule, path: event_pattern}
#     - {type: aws_cloudwatch_event_rule, path: is_enabled}
#     - {type: aws_cloudwatch_event_rule, path: state}
#     - {type: aws_cloudwatch_event_target, path: rule}
#   environments: [production, qualification, development]
#   failure_msg: "Uploads to the server leave no event of this outcome ({attribute}): {actual}."
#   fix: "Add event rules on aws.transfer for SFTP Server File Upload Completed and SFTP Server File Upload Failed, each with a target."
#   verified_by: [IQ, OQ-sftp-promoted, OQ-upload-cut-off]
package part11.p11_10e_15

import data.lib.scope
import data.lib.upload

answers contains object.union(_about(server, outcome), upload.verdict(server, outcome)) if {
	some server in _servers
	some outcome in ["completed", "failed"]
}

not_applicable := scope.reason(rego.metadata.chain(), "transfer server") if count(_servers) == 0

_servers := scope.existing(rego.metadata.chain(), "aws_transfer_server")

_about(server, outcome) := {
	"address": server,
	"attribute": $"upload-{outcome}",
	"expected": "an enabled event rule with a target",
}
