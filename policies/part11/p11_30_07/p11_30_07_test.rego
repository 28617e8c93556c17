# SPDX-License-Identifier: Apache-2.0

package part11.p11_30_07_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_30_07 as control

test_literals[name] if {
	some name, case in {
		"no host key": [fixture.resource("aws_transfer_server", "s", {}), {answer.passed("aws_transfer_server.s", "host_key", _expected, "not set")}],
		"a host key": [
			fixture.resource("aws_transfer_server", "s", {"host_key": "-----BEGIN"}),
			{answer.failed("aws_transfer_server.s", "host_key", _expected, "a value (not shown)")},
		],
		"a host key hidden as sensitive": [
			fixture.sensitive(fixture.resource("aws_transfer_server", "s", {}), [["host_key"]]),
			{answer.failed("aws_transfer_server.s", "host_key", _expected, "a value (not shown)")},
		],
		"a secret of the plan": [
			fixture.resource("aws_secretsmanager_secret_version", "v", {"secret_string": "hunter2"}),
			{
				answer.failed("aws_secretsmanager_secret_version.v", "secret_string", _expected, "a value (not shown)"),
				answer.passed("aws_secretsmanager_secret_version.v", "secret_binary", _expected, "not set"),
			},
		],
		"a secret known after apply": [
			fixture.unknown(fixture.resource("aws_secretsmanager_secret_version", "v", {}), [["secret_string"]]),
			{
				answer.unknown("aws_secretsmanager_secret_version.v", "secret_string", _expected, "known after apply"),
				answer.passed("aws_secretsmanager_secret_version.v", "secret_binary", _expected, "not set"),
			},
		],
	}
	control.answers == case[1] with input as fixture.plan([case[0]])
	not control.not_applicable with input as fixture.plan([case[0]])
}

test_variables[name] if {
	some name, case in {
		"plain": [{"STAGE": "raw"}, "pass", "none"],
		"a secret's ARN": [{"DB_SECRET": "arn:aws:secretsmanager:eu-west-1:1:secret:db"}, "pass", "none"],
		"a secret's name": [{"SECRET_NAME": "db"}, "pass", "none"],
		"empty": [{"DB_PASSWORD": ""}, "pass", "none"],
		"a password": [{"DB_PASSWORD": "hunter2"}, "fail", "DB_PASSWORD (values not shown)"],
		"an access key": [{"WHO": "AKIAIOSFODNN7EXAMPLE"}, "fail", "WHO (values not shown)"],
		"a private key": [{"PEM": "-----BEGIN EC PRIVATE KEY-----"}, "fail", "PEM (values not shown)"],
	}
	control.answers == {_answer(case[1], case[2])} with input as fixture.plan([_function({"environment": [{"variables": case[0]}]})])
}

test_variables_not_known[name] if {
	some name, case in {
		"the block": [[["environment"]], "unknown", "known after apply"],
		"all of them": [[["environment", 0, "variables"]], "unknown", "known after apply"],
		"one under a secret's name": [[["environment", 0, "variables", "DB_PASSWORD"]], "unknown", "known after apply"],
		"one under another name": [[["environment", 0, "variables", "TABLE"]], "pass", "none"],
	}
	plan := fixture.plan([fixture.unknown(_function({"environment": [{"variables": {}}]}), case[0])])
	control.answers == {_answer(case[1], case[2])} with input as plan
}

test_variables_marked_sensitive[name] if {
	some name, case in {
		"one": [[["environment", 0, "variables", "X"]], "fail", "X (values not shown)"],
		"all of them": [[["environment", 0, "variables"]], "unknown", "hidden as sensitive"],
		"the block": [[["environment"]], "unknown", "hidden as sensitive"],
	}
	plan := fixture.plan([fixture.sensitive(_function({"environment": [{"variables": {"STAGE": "raw"}}]}), case[0])])
	control.answers == {_answer(case[1], case[2])} with input as plan
}

test_nothing_to_scan_is_not_applicable if {
	control.not_applicable == "no transfer server, secret version or function in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_expected := "no secret"

_answer(status, actual) := {
	"address": "aws_lambda_function.f",
	"attribute": "environment.variables",
	"status": status,
	"expected": _expected,
	"actual": actual,
}

_function(values) := fixture.resource("aws_lambda_function", "f", values)
