# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_10_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_10 as control

test_permissions[name] if {
	some name, case in {
		"for the server passes": [_permission({}), {_called, _principal("pass", "transfer.amazonaws.com"), _source("pass", "aws_transfer_server.s")}],
		"in China passes": [
			_permission({"principal": "transfer.amazonaws.com.cn"}),
			{_called, _principal("pass", "transfer.amazonaws.com.cn"), _source("pass", "aws_transfer_server.s")},
		],
		"for another principal fails": [
			_permission({"principal": "111122223333"}),
			{_called, _principal("fail", "111122223333"), _source("pass", "aws_transfer_server.s")},
		],
		"for a principal not known is unknown": [
			fixture.unknown(_permission({"principal": null}), [["principal"]]),
			{_called, _principal("unknown", "known after apply"), _source("pass", "aws_transfer_server.s")},
		],
		"without a source fails": [
			_on_function(_values({})),
			{_called, _principal("pass", "transfer.amazonaws.com"), _source("fail", "not set")},
		],
		"for the server by its ARN passes": [
			_on_function(_values({"source_arn": _arn})),
			{_called, _principal("pass", "transfer.amazonaws.com"), _source("pass", _arn)},
		],
		"for another server fails": [
			_on_function(_values({"source_arn": "arn:aws:transfer:eu-west-1:111122223333:server/*"})),
			{_called, _principal("pass", "transfer.amazonaws.com"), _source("fail", "arn:aws:transfer:eu-west-1:111122223333:server/*")},
		],
		"for a source not known is unknown": [
			fixture.unknown(_on_function(_values({})), [["source_arn"]]),
			{_called, _principal("pass", "transfer.amazonaws.com"), _source("unknown", "known after apply")},
		],
		"on another function leaves this one without": [
			fixture.resource("aws_lambda_permission", "p", {"function_name": "other", "principal": "s3.amazonaws.com"}),
			{_of_function("fail", "no permission")},
		],
		"on a function that a data source finds is unknown": [
			fixture.referring(
				fixture.unknown(fixture.resource("aws_lambda_permission", "p", {"principal": "s3.amazonaws.com"}), [["function_name"]]),
				{"function_name": ["data.aws_lambda_function.f"]},
			),
			{_of_function("unknown", "perhaps also aws_lambda_permission.p")},
		],
		"on a function not known is unknown": [
			fixture.unknown(fixture.resource("aws_lambda_permission", "p", {"principal": "s3.amazonaws.com"}), [["function_name"]]),
			{_of_function("unknown", "perhaps also aws_lambda_permission.p")},
		],
	}
	plan := fixture.plan([_server, _function, case[0]])
	control.answers == case[1] with input as plan
	not control.not_applicable with input as plan
}

test_a_url_fails if {
	url := fixture.referring(fixture.resource("aws_lambda_function_url", "u", {}), {"function_name": ["aws_lambda_function.f"]})
	answer.failed("aws_lambda_function_url.u", "function_name", _expected, "a URL of the function") in control.answers with input as fixture.plan([_server, _function, url])
}

test_a_url_of_another_function_is_nothing_here if {
	url := fixture.referring(fixture.resource("aws_lambda_function_url", "u", {}), {"function_name": ["aws_lambda_function.other"]})
	{one.address | some one in control.answers} == {"aws_lambda_function.f"} with input as fixture.plan([_server, _function, url])
}

test_a_permission_by_reference_is_placed if {
	permission := fixture.unknown(_permission({}), [["function_name"]])
	_called in control.answers with input as fixture.plan([_server, _function, permission])
}

test_a_function_by_tag_has_no_server_to_be_called_by if {
	tagged := fixture.resource("aws_lambda_function", "f", {"tags": {"Part11Role": "identity-provider"}})
	control.answers == {
		_called, _principal("pass", "transfer.amazonaws.com"), _source("fail", "not set"),
	} with input as fixture.plan([tagged, _on_function(_values({}))])
}

test_a_function_of_another_plan_is_unknown if {
	server := fixture.resource("aws_transfer_server", "s", {"identity_provider_type": "AWS_LAMBDA"})
	control.answers == {answer.unknown("aws_transfer_server.s", "function", _expected, "logs in through what is not in the plan")} with input as fixture.plan([server])
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no identity provider of a transfer server in the plan": fixture.plan([_function]),
		"does not apply in laboratory": fixture.in_environment(fixture.plan([_server, _function, _foreign]), "laboratory"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_foreign := fixture.resource("aws_transfer_server", "foreign", {"identity_provider_type": "AWS_LAMBDA"})

_server := fixture.referring(
	fixture.resource("aws_transfer_server", "s", {"identity_provider_type": "AWS_LAMBDA", "arn": _arn}),
	{"function": ["aws_lambda_function.f"]},
)

_function := fixture.resource("aws_lambda_function", "f", {"function_name": "f"})

_permission(values) := object.union(_on_function(_values(values)), fixture.referring(
	fixture.unknown(fixture.resource("aws_lambda_permission", "p", _values(values)), [["source_arn"]]),
	{"function_name": ["aws_lambda_function.f"], "source_arn": ["aws_transfer_server.s"]},
))

_on_function(values) := fixture.referring(fixture.resource("aws_lambda_permission", "p", values), {"function_name": ["aws_lambda_function.f"]})

_values(values) := object.union({"function_name": "f", "principal": "transfer.amazonaws.com"}, values)

_called := _of_function("pass", "aws_lambda_permission.p")

_of_function(status, actual) := _answer("aws_lambda_function.f", "permission", status, _expected, actual)

_principal(status, actual) := _answer("aws_lambda_permission.p", "principal", status, "transfer.amazonaws.com", actual)

_source(status, actual) := _answer("aws_lambda_permission.p", "source_arn", status, _expected, actual)

_answer(address, attribute, status, expected, actual) := {
	"address": address,
	"attribute": attribute,
	"status": status,
	"expected": expected,
	"actual": actual,
}

_arn := "arn:aws:transfer:eu-west-1:111122223333:server/s-1"

_expected := "the transfer server alone"

test_a_url_that_may_be_of_the_function_fails if {
	url := fixture.ambiguously_referring(fixture.resource("aws_lambda_function_url", "u", {}), {"function_name": ["aws_lambda_function.f"]})
	answer.failed("aws_lambda_function_url.u", "function_name", _expected, "a URL of the function") in control.answers with input as fixture.plan([_server, _function, url])
}
