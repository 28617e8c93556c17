# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_15_test

import data.lib.fixture
import data.part11.p11_10d_15 as control

test_statements[name] if {
	some name, case in {
		"named actions and resources": ["pass", "actions and resources named", {"actions": ["s3:putobject"], "resources": ["arn:aws:s3:::raw/*"]}],
		"a named action on every resource": ["pass", "actions and resources named", {"actions": ["s3:listallmybuckets"], "resources": ["*"]}],
		"a service on one bucket": ["pass", "actions and resources named", {"actions": ["s3:*"], "resources": ["arn:aws:s3:::raw/*"]}],
		"a service in one account": ["pass", "actions and resources named", {"actions": ["sqs:*"], "resources": ["arn:aws:sqs:eu-west-1:111122223333:*"]}],
		"a wildcard Deny": ["pass", "actions and resources named", {"effect": "Deny", "actions": ["*"], "resources": ["*"]}],
		"every action": ["fail", "*", {"actions": ["*"], "resources": ["arn:aws:s3:::raw/*"]}],
		"every service": ["fail", "*:*", {"actions": ["*:*"], "resources": ["arn:aws:s3:::raw/*"]}],
		"every action but some": ["fail", "NotAction iam:*", {"notActions": ["iam:*"], "resources": ["arn:aws:s3:::raw/*"]}],
		"a service on everything": ["fail", "s3:* on *", {"actions": ["s3:*"], "resources": ["*"]}],
		"a service on every bucket": ["fail", "s3:* on arn:aws:s3:::*", {"actions": ["s3:*"], "resources": ["arn:aws:s3:::*"]}],
		"a service on every ARN": ["fail", "s3:* on arn:aws:*", {"actions": ["s3:*"], "resources": ["arn:aws:*"]}],
		"a service by another wildcard": ["fail", "iam:?* on *", {"actions": ["iam:?*"], "resources": ["*"]}],
		"a service on every table": [
			"fail",
			"dynamodb:* on arn:aws:dynamodb:*:*:table/*",
			{"actions": ["dynamodb:*"], "resources": ["arn:aws:dynamodb:*:*:table/*"]},
		],
		"a service on every function": [
			"fail",
			"lambda:* on arn:aws:lambda:eu-west-1:*:function:*",
			{"actions": ["lambda:*"], "resources": ["arn:aws:lambda:eu-west-1:*:function:*"]},
		],
		"a service on the tables of a study": [
			"pass",
			"actions and resources named",
			{"actions": ["dynamodb:*"], "resources": ["arn:aws:dynamodb:*:*:table/study-*"]},
		],
		"a service on all but one": ["fail", "s3:* on NotResource", {"actions": ["s3:*"], "notResources": ["arn:aws:s3:::raw"]}],
		"a service on what is not known": ["unknown", "resources not known", {"actions": ["s3:*"], "partial": true}],
		"a service without such rights on what is not known": ["unknown", "resources not known", {"actions": ["dynamodb:*"], "partial": true}],
		"an action of one letter": ["pass", "actions and resources named", {"actions": ["s3:g"], "resources": ["*"]}],
		"a tilde is no wildcard in an action": ["pass", "actions and resources named", {"actions": ["s3:~*"], "resources": ["*"]}],
		"a tilde is no wildcard in a name": ["pass", "actions and resources named", {"actions": ["s3:*"], "resources": ["arn:aws:s3:::~*"]}],
		"a service in one region": [
			"fail",
			"dynamodb:* on arn:aws:dynamodb:eu-west-1:*",
			{"actions": ["dynamodb:*"], "resources": ["arn:aws:dynamodb:eu-west-1:*"]},
		],
		"a service in any account of one region": [
			"fail",
			"sqs:* on arn:aws:sqs:eu-west-1:*:*",
			{"actions": ["sqs:*"], "resources": ["arn:aws:sqs:eu-west-1:*:*"]},
		],
		"a service in one account, any region": ["pass", "actions and resources named", {"actions": ["sqs:*"], "resources": ["arn:aws:sqs:*:111122223333:*"]}],
		"a service in one account, without regions": ["pass", "actions and resources named", {"actions": ["route53:*"], "resources": ["arn:aws:route53::111122223333:*"]}],
	}
	plan := _with("identity", fixture.statement(case[2]))
	control.answers == {_answer(case[0], case[1])} with input as plan
	not control.not_applicable with input as plan
}

test_session_policies_are_judged if {
	plan := _with("session", fixture.statement({"actions": ["*"]}))
	control.answers == {_answer("fail", "*")} with input as plan
}

test_text_not_known_is_unknown if {
	plan := _policies({"origin": "unknown", "statements": []})
	control.answers == {_answer("unknown", "text not known")} with input as plan
}

test_managed_policies[name] if {
	some name, status in {"AdministratorAccess": "fail", "service-role/AWSLambdaBasicExecutionRole": "pass", "Unheard": "unknown"}
	arn := $"arn:aws:iam::aws:policy/{name}"
	plan := _policies({"origin": "aws-managed", "arn": arn, "statements": []})
	{[found.status, found.address] | some found in control.answers} == {[status, _policy]} with input as plan
}

test_boundaries_and_deploy_roles_are_not_judged[name] if {
	some name, plan in {
		"boundary": _with("boundary", fixture.statement({"actions": ["*"]})),
		"key policy": _with("resource", fixture.statement({"actions": ["kms:*"], "resources": ["*"]})),
		"deploy role": fixture.with_settings(
			_with("identity", fixture.statement({"actions": ["*"]})),
			{"deployRoleArns": ["arn:aws:iam::111122223333:role/writer"]},
		),
	}
	control.not_applicable == "no identity policy in the plan" with input as plan
	control.answers == set() with input as plan
}

_policy := "aws_iam_role_policy.writer"

_answer(status, actual) := {
	"address": _policy,
	"attribute": "policy",
	"status": status,
	"expected": "no administrator or wildcard rights",
	"actual": actual,
}

_with(use, statement) := _policies({"use": use, "statements": [statement]})

_policies(fields) := fixture.with_policies(
	fixture.plan([fixture.resource("aws_iam_role", "writer", {"name": "writer", "path": "/"})]),
	[object.union(
		{"address": _policy, "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.writer"]},
		fields,
	)],
)

test_several_wide_statements_of_one_policy_give_one_answer if {
	plan := fixture.with_policies(fixture.plan([fixture.resource("aws_iam_role_policy", "p", {})]), [{
		"address": "aws_iam_role_policy.p",
		"attribute": "policy",
		"use": "identity",
		"subjects": [],
		"statements": [
			fixture.statement({"actions": ["*", "*:*"], "resources": ["*"]}),
			fixture.statement({"notActions": ["iam:*"], "resources": ["*"]}),
		],
	}])
	[found.status | some found in control.answers] == ["fail"] with input as plan
}

# ---- rights that end in more rights ---------------------------------------------------------------------------------

test_each_right_that_ends_in_more_fails_without_a_name[action] if {
	some action in [
		"cloudformation:createstack", "cloudformation:updatestack", "iam:attachrolepolicy", "iam:createpolicyversion",
		"iam:deleterolepermissionsboundary", "iam:passrole", "iam:putrolepermissionsboundary", "iam:putrolepolicy",
		"iam:setdefaultpolicyversion", "iam:updateassumerolepolicy", "s3:createaccessgrant", "s3:createaccesspoint", "sts:assumerole",
	]
	plan := _with("identity", fixture.statement({"actions": [action], "resources": ["*"]}))
	control.answers == {_answer("fail", $"{action} on *")} with input as plan
}

test_resources_of_a_right_that_ends_in_more[name] if {
	some name, case in {
		"one role": [{"resources": ["arn:aws:iam::111122223333:role/step"]}, "pass", "actions and resources named"],
		"roles of a path": [{"resources": ["arn:aws:iam::111122223333:role/study/*"]}, "pass", "actions and resources named"],
		"roles by a beginning": [{"resources": ["arn:aws:iam::111122223333:role/acme-*"]}, "pass", "actions and resources named"],
		"every role of the account": [{"resources": ["arn:aws:iam::111122223333:role/*"]}, "fail", "iam:passrole on arn:aws:iam::111122223333:role/*"],
		"everything of the account": [{"resources": ["arn:aws:iam::111122223333:*"]}, "fail", "iam:passrole on arn:aws:iam::111122223333:*"],
		"every role of every account": [{"resources": ["arn:aws:iam::*"]}, "fail", "iam:passrole on arn:aws:iam::*"],
		"everything of everything": [{"resources": ["arn:aws:iam::111122223333:*:*"]}, "fail", "iam:passrole on arn:aws:iam::111122223333:*:*"],
		"a role behind a colon": [{"resources": ["arn:aws:iam::111122223333:*:step"]}, "pass", "actions and resources named"],
		"every ARN": [{"resources": ["arn:aws:*"]}, "fail", "iam:passrole on arn:aws:*"],
		"all but one": [{"notResources": ["arn:aws:iam::111122223333:role/x"]}, "fail", "iam:passrole on NotResource"],
		"not known": [{"partial": true}, "unknown", "resources not known"],
		"a Deny": [{"effect": "Deny", "resources": ["*"]}, "pass", "actions and resources named"],
		"a Deny not known": [{"effect": "Deny", "partial": true}, "pass", "actions and resources named"],
		"under a condition": [
			{"resources": ["*"], "conditions": [{"operator": "StringEquals", "key": "iam:passedtoservice", "values": ["ecs.amazonaws.com"]}]},
			"fail",
			"iam:passrole on *",
		],
		"by a wildcard": [{"actions": ["iam:pass*"], "resources": ["*"]}, "fail", "iam:passrole on *"],
	}
	plan := _with("identity", fixture.statement(object.union({"actions": ["iam:passrole"]}, case[0])))
	control.answers == {_answer(case[1], case[2])} with input as plan
}

test_what_is_taken_back_ends_in_nothing[name] if {
	some name, case in {
		"denied everywhere": [{"statements": [_passing, object.union(_passing, {"effect": "Deny"})]}, [], "pass"],
		"denied for one role": [{"statements": [_passing, object.union(_passing, {"effect": "Deny", "resources": ["arn:aws:iam::1:role/x"]})]}, [], "fail"],
		"beyond the boundary": [{"statements": [_passing]}, [_boundary(["s3:getobject"])], "pass"],
		"within the boundary": [{"statements": [_passing]}, [_boundary(["iam:*"])], "fail"],
		"a boundary not known": [{"statements": [_passing]}, [object.union(_boundary([]), {"origin": "unknown", "statements": []})], "fail"],
		"held by nobody yet": [{"subjects": [], "statements": [_passing]}, [_boundary(["s3:getobject"])], "fail"],
	}
	own := object.union({"address": _policy, "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.writer"]}, case[0])
	plan := fixture.with_policies(
		fixture.plan([fixture.resource("aws_iam_role", "writer", {"name": "writer", "path": "/"})]),
		array.concat([own], case[1]),
	)
	{found.status | some found in control.answers} == {case[2]} with input as plan
}

_passing := fixture.statement({"actions": ["iam:passrole"], "resources": ["*"]})

_boundary(actions) := {
	"address": "aws_iam_policy.boundary", "attribute": "policy", "use": "boundary", "subjects": ["aws_iam_role.writer"],
	"statements": [fixture.statement({"actions": actions, "resources": ["*"]})],
}
