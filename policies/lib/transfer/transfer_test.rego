# SPDX-License-Identifier: Apache-2.0

package lib.transfer_test

import data.lib.fixture
import data.lib.transfer

test_functions_that_log_in[name] if {
	some name, case in {
		"named by a server": [[_server("AWS_LAMBDA", {"function": ["aws_lambda_function.f"]}), _function({})], {"aws_lambda_function.f"}, set()],
		"named by its tag": [[_function({"tags": {"Part11Role": "identity-provider"}})], {"aws_lambda_function.f"}, set()],
		"tagged otherwise": [[_function({"tags": {"Part11Role": "ingest"}})], set(), set()],
		"of another plan": [[_server("AWS_LAMBDA", {}), _function({})], set(), {"aws_transfer_server.s"}],
		"deleted": [
			[_server("AWS_LAMBDA", {"function": ["aws_lambda_function.f"]}), fixture.deleted(_function({}))],
			set(),
			{"aws_transfer_server.s"},
		],
		"an alias": [
			[_server("AWS_LAMBDA", {"function": ["aws_lambda_alias.a"]}), fixture.resource("aws_lambda_alias", "a", {})],
			set(),
			{"aws_transfer_server.s"},
		],
		"behind an API": [[_server("API_GATEWAY", {})], set(), {"aws_transfer_server.s"}],
		"not known": [[fixture.unknown(fixture.resource("aws_transfer_server", "s", {}), [["identity_provider_type"]])], set(), {"aws_transfer_server.s"}],
		"of the service": [[_server("SERVICE_MANAGED", {})], set(), set()],
		"not said": [[fixture.resource("aws_transfer_server", "s", {})], set(), set()],
	}
	transfer.identity_functions == case[1] with input as fixture.plan(case[0])
	transfer.foreign_logins == case[2] with input as fixture.plan(case[0])
	{function | some function, _ in transfer.servers_of} - case[1] == set() with input as fixture.plan(case[0])
}

test_roles_of_sessions if {
	plan := fixture.with_policies(
		fixture.plan([
			fixture.referring(fixture.resource("aws_transfer_user", "u", {}), {"role": ["aws_iam_role.user", "data.aws_iam_role.found"]}),
			fixture.referring(fixture.resource("aws_transfer_access", "a", {}), {"role": ["aws_iam_role.access"]}),
			fixture.referring(fixture.resource("aws_transfer_server", "s", {}), {"logging_role": ["aws_iam_role.logging", "aws_iam_role.access"]}),
			fixture.referring(fixture.resource("aws_transfer_connector", "c", {}), {"access_role": ["aws_iam_role.connector"]}),
			_role("user"), _role("access"), _role("logging"), _role("connector"), _role("dynamic"), _role("other"), _role("denied"),
		]),
		array.concat(
			[_trust(name, "transfer.amazonaws.com") | some name in ["access", "logging", "connector", "dynamic"]],
			[_trust("other", "lambda.amazonaws.com"), _denied],
		),
	)
	transfer.session_roles == {"aws_iam_role.user", "aws_iam_role.access", "aws_iam_role.dynamic"} with input as plan
	transfer.users == ["aws_transfer_user.u", "aws_transfer_access.a"] with input as plan
}

_denied := object.union(_trust("denied", ""), {"statements": [fixture.statement({
	"effect": "Deny",
	"principals": [{"type": "Service", "value": "transfer.amazonaws.com"}],
})]})

_server(provider, refs) := fixture.referring(fixture.resource("aws_transfer_server", "s", {"identity_provider_type": provider}), refs)

_function(values) := fixture.resource("aws_lambda_function", "f", values)

_role(name) := fixture.resource("aws_iam_role", name, {"name": name})

_trust(role, service) := {
	"address": $"aws_iam_role.{role}",
	"attribute": "assume_role_policy",
	"use": "trust",
	"subjects": [$"aws_iam_role.{role}"],
	"statements": [fixture.statement({"principals": [{"type": "Service", "value": service}], "actions": ["sts:assumerole"]})],
}

test_roles_that_work_for_a_server_hold_no_session[place] if {
	some place in [
		["aws_transfer_connector", "access_role"],
		["aws_transfer_connector", "logging_role"],
		["aws_transfer_server", "invocation_role"],
		["aws_transfer_server", "logging_role"],
		["aws_transfer_server", "workflow_details.on_partial_upload.execution_role"],
		["aws_transfer_server", "workflow_details.on_upload.execution_role"],
	]
	holder := fixture.referring(fixture.resource(place[0], "it", {}), {place[1]: ["aws_iam_role.worker"]})
	plan := fixture.with_policies(fixture.plan([holder, _role("worker")]), [_trust("worker", "transfer.amazonaws.com")])
	transfer.session_roles == set() with input as plan
}

test_servers_of_a_function if {
	plan := fixture.plan([_server("AWS_LAMBDA", {"function": ["aws_lambda_function.f"]}), _function({})])
	transfer.servers_of == {"aws_lambda_function.f": {"aws_transfer_server.s"}} with input as plan
}

test_a_role_that_everybody_may_assume_holds_sessions[name] if {
	some name, case in {
		"a server with an identity provider": ["AWS_LAMBDA", [], {"aws_iam_role.open"}],
		"its provider not known": [null, [], {"aws_iam_role.open"}],
		"everybody of one account": ["AWS_LAMBDA", [{"operator": "StringEquals", "key": "aws:principalaccount", "values": ["111122223333"]}], set()],
		"users of the plan": ["SERVICE_MANAGED", [], set()],
	}
	trust := object.union(_trust("open", ""), {"statements": [fixture.statement({
		"principals": [{"type": "AWS", "value": "*"}],
		"actions": ["sts:assumerole"],
		"conditions": case[1],
	})]})
	server := {true: fixture.unknown(_server("", {}), [["identity_provider_type"]]), false: _server(case[0], {})}[case[0] == null]
	plan := fixture.with_policies(fixture.plan([server, _role("open")]), [trust])
	transfer.session_roles == case[2] with input as plan
}

test_roles_of_which_nobody_knows_whom_they_trust[name] if {
	some name, case in {
		"not readable": [{"origin": "unknown", "statements": []}, {"aws_iam_role.it"}],
		"of a principal known after apply": [{"statements": [fixture.statement({"partial": true, "actions": ["sts:assumerole"]})]}, {"aws_iam_role.it"}],
		"on a condition known after apply": [
			{"statements": [fixture.statement({"partial": true, "principals": [{"type": "Service", "value": "lambda.amazonaws.com"}]})]},
			set(),
		],
		"of a service": [{}, set()],
	}
	trust := object.union(_trust("it", "lambda.amazonaws.com"), case[0])
	plan := fixture.with_policies(fixture.plan([_server("AWS_LAMBDA", {}), _role("it")]), [trust])
	transfer.perhaps_session_roles == case[1] with input as plan
	transfer.session_roles == set() with input as plan
}
