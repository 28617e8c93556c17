# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Partial uploads are not records
# description: |-
#   S3 calls an object created when a connection breaks in the middle of an upload, too. Ingest therefore starts from the
#   transfer server's own event of a completed upload, or the server has a workflow that takes partial uploads away.
# custom:
#   id: P11-10a-11
#   severity: medium
#   clauses: ["11.10(a)"]
#   annex11: ["5", "6"]
#   alcoa: [complete, accurate]
#   requirements: [URS-022]
#   resources: [aws_transfer_server, aws_transfer_workflow, aws_cloudwatch_event_rule, aws_cloudwatch_event_target]
#   attributes:
#     - {type: aws_transfer_server, path: id}
#     - {type: aws_transfer_server, path: workflow_details.on_partial_upload.workflow_id}
#     - {type: aws_cloudwatch_event_rule, path: event_bus_name}
#     - {type: aws_cloudwatch_event_rule, path: event_pattern}
#     - {type: aws_cloudwatch_event_rule, path: is_enabled}
#     - {type: aws_cloudwatch_event_rule, path: state}
#     - {type: aws_cloudwatch_event_target, path: rule}
#   environments: [production, qualification, development]
#   failure_msg: "A broken upload may be taken for a record: {actual}."
#   fix: "Start ingest from an event rule on aws.transfer with detail-type SFTP Server File Upload Completed, or set workflow_details.on_partial_upload."
#   verified_by: [IQ, OQ-sftp-promoted, OQ-upload-cut-off]
package part11.p11_10a_11

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope
import data.lib.upload

answers contains _judged(server) if some server in _servers

not_applicable := scope.reason(rego.metadata.chain(), "transfer server") if count(_servers) == 0

_servers := scope.existing(rego.metadata.chain(), "aws_transfer_server")

_judged(server) := answer.passed(server, _workflow, _expected, found) if {
	found := _taken_away(server)
} else := _with(server, verdict) if {
	verdict := upload.verdict(server, "completed")
	verdict.status == "pass"
} else := answer.unknown(server, _workflow, _expected, attribute.shown(reading)) if {
	reading := _reading(server)
	reading.status == "unknown"
} else := _with(server, upload.verdict(server, "completed"))

_taken_away(server) := _reading(server).value if {
	attribute.is_text(_reading(server))
} else := concat(", ", sort(workflows)) if {
	workflows := {workflow |
		some workflow in resource.referred(input.resources[server], _workflow)
		input.resources[workflow].type == "aws_transfer_workflow"
		resource.exists(input.resources[workflow])
	}
	count(workflows) > 0
}

_reading(server) := attribute.read(input.resources[server], ["workflow_details", 0, "on_partial_upload", 0, "workflow_id"])

_with(server, verdict) := object.union({"address": server, "attribute": _workflow, "expected": _expected}, verdict)

_workflow := "workflow_details.on_partial_upload.workflow_id"

_expected := "ingest from completed uploads, or a workflow on partial ones"
