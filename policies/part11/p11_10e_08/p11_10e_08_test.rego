# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_08_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_08 as control

test_answers[name] if {
	some name, case in {
		"a log group of the plan passes": {
			"server": fixture.referring(fixture.unknown(_server({}), [[_attribute]]), {_attribute: ["aws_cloudwatch_log_group.g"]}),
			"want": answer.passed(_address, _attribute, _expected, "aws_cloudwatch_log_group.g"),
		},
		"a log group outside the plan passes": {
			"server": _server({_attribute: ["arn:aws:logs:eu-west-1:111122223333:log-group:transfer:*"]}),
			"want": answer.passed(_address, _attribute, _expected, `["arn:aws:logs:eu-west-1:111122223333:log-group:transfer:*"]`),
		},
		"not set fails": {
			"server": _server({}),
			"want": answer.failed(_address, _attribute, _expected, "not set"),
		},
		"an empty list fails": {
			"server": _server({_attribute: []}),
			"want": answer.failed(_address, _attribute, _expected, "[]"),
		},
		"what is no log group fails": {
			"server": _server({_attribute: ["arn:aws:s3:::logs"]}),
			"want": answer.failed(_address, _attribute, _expected, `["arn:aws:s3:::logs"]`),
		},
		"a log group that goes is no log group": {
			"server": fixture.referring(fixture.unknown(_server({}), [[_attribute]]), {_attribute: ["aws_cloudwatch_log_group.gone"]}),
			"want": answer.unknown(_address, _attribute, _expected, "known after apply"),
		},
		"a stream is no log group": {
			"server": fixture.referring(fixture.unknown(_server({}), [[_attribute]]), {_attribute: ["aws_kinesis_stream.k"]}),
			"want": answer.unknown(_address, _attribute, _expected, "known after apply"),
		},
		"not known is unknown": {
			"server": fixture.unknown(_server({}), [[_attribute]]),
			"want": answer.unknown(_address, _attribute, _expected, "known after apply"),
		},
	}
	plan := fixture.plan([
		case.server,
		fixture.resource("aws_cloudwatch_log_group", "g", {"name": "g"}),
		fixture.resource("aws_kinesis_stream", "k", {}),
		fixture.deleted(fixture.resource("aws_cloudwatch_log_group", "gone", {"name": "gone"})),
	])
	control.answers == {case.want} with input as plan
	not control.not_applicable with input as plan
}

test_no_server_is_not_applicable if {
	control.not_applicable == "no transfer server in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_server(values) := fixture.resource("aws_transfer_server", "s", values)

_address := "aws_transfer_server.s"

_attribute := "structured_log_destinations"

_expected := "a log group"
