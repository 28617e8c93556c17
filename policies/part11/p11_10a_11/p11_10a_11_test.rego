# SPDX-License-Identifier: Apache-2.0

package part11.p11_10a_11_test

import data.lib.fixture
import data.part11.p11_10a_11 as control

test_answers[name] if {
	some name, case in {
		"a rule on completed uploads passes": [_server([]), _completed, "pass", "aws_cloudwatch_event_rule.r"],
		"a rule on created objects alone fails": [_server([]), _created, "fail", "no event rule on SFTP Server File Upload Completed"],
		"a workflow on partial uploads passes": [_server([{"workflow_id": "w-1"}]), _created, "pass", "w-1"],
		"an empty workflow fails": [_server([{"workflow_id": ""}]), _created, "fail", "no event rule on SFTP Server File Upload Completed"],
		"a workflow that is no text fails": [_server([{"workflow_id": true}]), _created, "fail", "no event rule on SFTP Server File Upload Completed"],
		"a workflow of the plan passes": [_referring("aws_transfer_workflow.w"), _created, "pass", "aws_transfer_workflow.w"],
		"a workflow that is deleted is unknown": [_referring("aws_transfer_workflow.gone"), _created, "unknown", "known after apply"],
		"a workflow not known yet is unknown": [_pending, _created, "unknown", "known after apply"],
		"a rule beside a workflow not known yet passes": [_pending, _completed, "pass", "aws_cloudwatch_event_rule.r"],
		"a rule not known yet is unknown": [
			_server([]),
			fixture.unknown(fixture.resource("aws_cloudwatch_event_rule", "r", {}), [["event_pattern"]]),
			"unknown",
			"event_pattern of aws_cloudwatch_event_rule.r not readable",
		],
	}
	plan := fixture.plan([
		case[0],
		case[1],
		fixture.resource("aws_transfer_workflow", "w", {}),
		fixture.deleted(fixture.resource("aws_transfer_workflow", "gone", {})),
		fixture.referring(fixture.resource("aws_cloudwatch_event_target", "t", {}), {"rule": ["aws_cloudwatch_event_rule.r"]}),
	])
	control.answers == {{
		"address": "aws_transfer_server.s",
		"attribute": _attribute,
		"status": case[2],
		"expected": "ingest from completed uploads, or a workflow on partial ones",
		"actual": case[3],
	}} with input as plan
	not control.not_applicable with input as plan
}

test_not_applicable if {
	plan := fixture.plan([_created])
	control.not_applicable == "no transfer server in the plan" with input as plan
	control.answers == set() with input as plan
}

_server(partial) := fixture.resource("aws_transfer_server", "s", {"workflow_details": [{"on_partial_upload": partial}]})

_pending := fixture.unknown(_server([{}]), [["workflow_details", 0, "on_partial_upload", 0, "workflow_id"]])

_referring(workflow) := fixture.referring(_pending, {_attribute: [workflow]})

_completed := fixture.resource("aws_cloudwatch_event_rule", "r", {"event_pattern": `{"source": ["aws.transfer"], "detail-type": ["SFTP Server File Upload Completed"]}`})

_created := fixture.resource("aws_cloudwatch_event_rule", "r", {"event_pattern": `{"source": ["aws.s3"], "detail-type": ["Object Created"]}`})

_attribute := "workflow_details.on_partial_upload.workflow_id"
