# SPDX-License-Identifier: Apache-2.0

package lib.text_test

import data.lib.fixture
import data.lib.text

test_document[name] if {
	some name, case in {
		"a known text": [fixture.resource("aws_x", "x", {"json": `{"a": 1}`}), {"status": "known", "value": {"a": 1}}],
		"null": [fixture.resource("aws_x", "x", {"json": "null"}), {"status": "known", "value": null}],
		"false": [fixture.resource("aws_x", "x", {"json": "false"}), {"status": "known", "value": false}],
		"no JSON": [fixture.resource("aws_x", "x", {"json": `{"a": `}), _unreadable],
		"two texts in one": [fixture.resource("aws_x", "x", {"json": `{}, {}`}), _unreadable],
		"the end of a list": [fixture.resource("aws_x", "x", {"json": `{}]`}), _unreadable],
		"the end of an object": [fixture.resource("aws_x", "x", {"json": `{}}`}), _unreadable],
		"a member": [fixture.resource("aws_x", "x", {"json": `{}, "a": {}`}), _unreadable],
		"no text": [fixture.resource("aws_x", "x", {"json": 1}), _unreadable],
		"an empty text": [fixture.resource("aws_x", "x", {"json": ""}), _unreadable],
		"not set": [fixture.resource("aws_x", "x", {}), {"status": "not_set", "actual": "not set"}],
		"not known": [fixture.unknown(fixture.resource("aws_x", "x", {}), [["json"]]), _pending],
		"sensitive": [fixture.sensitive(fixture.resource("aws_x", "x", {}), [["json"]]), {"status": "unknown", "actual": "(sensitive)"}],
		"as written": [_written(`{"a": "${aws_ecr_repository.a.repository_url}:1"}`), {"status": "known", "value": {"a": "${aws_ecr_repository.a.repository_url}:1"}}],
		"no JSON as written": [_written(`{"a": ${aws_sqs_queue.a.arn}}`), _unreadable],
	}
	text.document(case[0], "json") == case[1]
}

test_references_that_may_be_read_past[reference] if {
	some reference in [
		"aws_ecr_repository.app.repository_url",
		"aws_cloudwatch_log_group.app[0].name",
		"data.aws_caller_identity.me.account_id",
		"aws_iam_role.a-b.arn",
	]
	text.document(_written($`["$\{{reference}}"]`), "json").status == "known"
}

test_references_that_may_hold_anything[reference] if {
	some reference in [
		"terraform_data.any.output",
		"aws_ssm_parameter.any.value",
		"aws_s3_object.any.id",
		"aws_s3_object.any.arn",
		"aws_s3_bucket.any.id.x",
		"local.any",
		`aws_ecr_repository.app["a"].arn`,
		"aws_iam_role.a.arn == 1",
	]
	text.document(_written($`["$\{{reference}}"]`), "json") == _pending
}

test_a_directive_is_not_read if text.document(_written(`["%{ if true }${aws_iam_role.a.arn}%{ endif }"]`), "json") == _pending

test_open[text_] if {
	some text_, want in {"a${b}": true, "a": false}
	{true | text.open(text_)} == {true | want}
}

_written(template) := fixture.written(fixture.resource("aws_x", "x", {}), "json", template)

_unreadable := {"status": "unknown", "actual": "not readable as JSON"}

_pending := {"status": "unknown", "actual": "known after apply"}

test_a_known_value_wins_over_the_text_as_written if {
	of := object.union(fixture.resource("aws_x", "x", {"policy": "{}"}), {"templates": {"policy": "[]"}})
	text.read(of, "policy") == {"status": "known", "value": "{}"}
}
