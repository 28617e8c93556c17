# SPDX-License-Identifier: Apache-2.0

package lib.blinding_test

import data.lib.blinding
import data.lib.fixture

test_who_decides_what_runs_as_promotion[name] if {
	some name, case in {
		"hands its role on": [{"actions": ["iam:passrole"], "resources": [_promotions_role]}, {"iam:passrole"}],
		"hands it on by reference": [{"actions": ["iam:passrole"], "resources": ["${aws_iam_role.ingest.arn}"], "refs": ["aws_iam_role.ingest"]}, {"iam:passrole"}],
		"hands on another's by reference": [{"actions": ["iam:passrole"], "resources": ["${aws_iam_role.inspector.arn}"], "refs": ["aws_iam_role.inspector"]}, set()],
		"hands on what is not of the plan": [{"actions": ["iam:passrole"], "resources": ["${var.role}"]}, {"iam:passrole"}],
		"hands on what begins so": [{"actions": ["iam:passrole"], "resources": ["arn:aws:iam::111122223333:role/ing*"]}, {"iam:passrole"}],
		"hands on any": [{"actions": ["iam:*"], "resources": ["*"]}, {"iam:passrole"}],
		"hands on another's": [{"actions": ["iam:passrole"], "resources": ["arn:aws:iam::111122223333:role/step"]}, set()],
		"hands on all but another's": [{"actions": ["iam:passrole"], "notResources": ["arn:aws:iam::111122223333:role/step"]}, {"iam:passrole"}],
		"hands on what is not known": [{"actions": ["iam:passrole"], "partial": true}, {"iam:passrole"}],
		"changes its function's code": [{"actions": ["lambda:updatefunctioncode"], "resources": [$"{_lambda_arn}:ingest"]}, {"lambda:updatefunctioncode"}],
		"changes its function's alias": [{"actions": ["lambda:updatefunctionconfiguration"], "resources": [$"{_lambda_arn}:ingest:live"]}, {"lambda:updatefunctionconfiguration"}],
		"changes another function": [{"actions": ["lambda:updatefunctioncode"], "resources": [$"{_lambda_arn}:other"]}, set()],
		"changes any function": [{"actions": ["lambda:update*"], "resources": ["arn:aws:lambda:*"]}, {"lambda:updatefunctioncode", "lambda:updatefunctionconfiguration"}],
		"calls its function": [{"actions": ["lambda:invokefunction"], "resources": [$"{_lambda_arn}:ingest"]}, set()],
		"starts its task": [{"actions": ["ecs:runtask", "ecs:starttask"], "resources": [$"{_definition_arn}/t:3"]}, {"ecs:runtask", "ecs:starttask"}],
		"starts another task": [{"actions": ["ecs:runtask", "ecs:starttask"], "resources": [$"{_definition_arn}/step:*"]}, set()],
		"opens a shell in it": [{"actions": ["ecs:executecommand"], "resources": ["arn:aws:ecs:eu-central-1:111122223333:cluster/c"]}, {"ecs:executecommand"}],
		"makes services": [{"actions": ["ecs:createservice", "ecs:updateservice"], "resources": ["arn:aws:ecs:eu-central-1:111122223333:service/c/s"]}, {"ecs:createservice", "ecs:updateservice"}],
		"looks at it": [{"actions": ["ecs:describetasks", "lambda:getfunction"], "resources": ["*"]}, set()],
	}
	said := fixture.statement(case[0])
	blinding.steered_by_allows([said]) == case[1] with input as _steerable([])
	blinding.steered_by_identity("aws_iam_role.inspector") == case[1] with input as _steerable([said])
}

test_a_name_that_is_not_known_may_be_any[type] if {
	some type, case in {
		"aws_lambda_function": ["ingest", "function_name", "lambda:updatefunctioncode", $"{_lambda_arn}:other"],
		"aws_ecs_task_definition": ["t", "family", "ecs:runtask", $"{_definition_arn}/other"],
	}
	plan := json.patch(_steerable([]), [{"op": "remove", "path": $"/resources/{type}.{case[0]}/values/{case[1]}"}])
	blinding.steered_by_allows([fixture.statement({"actions": [case[2]], "resources": [case[3]]})]) == {case[2]} with input as plan
}

test_what_is_denied_everywhere_steers_nothing if {
	allow := fixture.statement({"actions": ["lambda:updatefunctioncode"], "resources": ["*"]})
	deny := fixture.statement({"effect": "Deny", "actions": ["lambda:*"], "resources": ["*"]})
	blinding.steered_by_identity("aws_iam_role.inspector") == set() with input as _steerable([allow, deny])
}

test_without_a_task_nobody_steers_one if {
	allow := fixture.statement({"actions": ["ecs:*"], "resources": ["*"]})
	blinding.steered_by_allows([allow]) == set() with input as _with_policies(_base, [_trust(_service)])
}

test_without_promotion_nobody_steers_it if {
	allow := fixture.statement({"actions": ["*"], "resources": ["*"]})
	blinding.steered_by_allows([allow]) == set() with input as fixture.plan([])
}

_steerable(said) := fixture.with_policies(
	fixture.plan(array.concat(_running({}), [
		fixture.resource("aws_iam_role", "ingest", {"name": "ingest", "path": "/", "tags": {"Part11Role": "ingest"}}),
		fixture.resource("aws_iam_role", "inspector", {"name": "inspector", "path": "/"}),
	])),
	[
		_trust([_service[0], {"type": "Service", "value": "ecs-tasks.amazonaws.com"}]),
		{
			"address": "aws_iam_role_policy.inspector", "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.inspector"],
			"statements": said,
		},
	],
)

_promotions_role := "arn:aws:iam::111122223333:role/ingest"

_lambda_arn := "arn:aws:lambda:eu-central-1:111122223333:function"

_definition_arn := "arn:aws:ecs:eu-central-1:111122223333:task-definition"
