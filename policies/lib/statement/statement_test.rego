# SPDX-License-Identifier: Apache-2.0

package lib.statement_test

import data.lib.fixture
import data.lib.statement

plain := {
	"policy": 0,
	"sid": null,
	"effect": "Allow",
	"principals": [],
	"notPrincipals": [],
	"actions": [],
	"notActions": [],
	"resources": ["*"],
	"notResources": [],
	"refs": [],
	"conditions": [],
	"partial": false,
}

made(fields) := object.union(plain, fields)

aws(value) := [{"type": "AWS", "value": value}]

resource(kind, module, values) := {"type": kind, "module": module, "actions": ["create"], "deposed": null, "values": values}

policy(address, use, subjects, statements) := {
	"address": address,
	"attribute": "policy",
	"use": use,
	"subjects": subjects,
	"origin": "plan",
	"arn": null,
	"statements": statements,
}

writer := "aws_iam_role.writer"

deployer := "aws_iam_role.deployer"

moved := "module.a.aws_iam_role.moved"

bucket := "aws_s3_bucket.raw"

# One role with an own policy, a managed one and a boundary; a bucket policy that names the role; leftovers of a deletion.
facts := {
	"settings": {"deployRoleArns": ["arn:aws:iam::111122223333:role/ci/deployer"]},
	"byType": {"aws_iam_role": [writer, deployer, moved, "aws_iam_role.old"], "aws_s3_bucket": [bucket]},
	"resources": {
		writer: resource("aws_iam_role", "", {"name": "writer", "path": "/app/"}),
		deployer: resource("aws_iam_role", "", {"name": "deployer", "path": "/ci/"}),
		moved: resource("aws_iam_role", "module.a", {"name": "moved"}),
		"aws_iam_role.old": object.union(resource("aws_iam_role", "", {"name": "old"}), {"actions": ["delete"]}),
		"aws_iam_role_policy.old": object.union(resource("aws_iam_role_policy", "", {}), {"actions": ["delete"]}),
		"aws_iam_role_policy.deposed": object.union(resource("aws_iam_role_policy", "", {}), {"deposed": "1a2b"}),
		bucket: object.union(resource("aws_s3_bucket", "", {"bucket": "raw-records"}), {"mode": "managed"}),
	},
	"policies": [
		policy("aws_iam_role_policy.writer", "identity", [writer], [0, 1]),
		policy("aws_iam_policy.boundary", "boundary", [writer], [2]),
		policy("aws_s3_bucket_policy.raw", "resource", [bucket], [3, 4]),
		policy("aws_iam_role_policy.old", "identity", [writer], [2]),
		policy("aws_iam_role_policy.deposed", "identity", [writer], [2]),
		object.union(policy("aws_iam_role_policy.dark", "identity", [moved], []), {"origin": "unknown"}),
		object.union(policy("aws_iam_role_policy_attachment.a", "identity", [deployer], []), {
			"origin": "aws-managed",
			"arn": "arn:aws-cn:iam::aws:policy/job-function/Custom",
		}),
		policy("aws_s3_bucket_policy.partial", "resource", ["aws_s3_bucket.partial"], [5]),
	],
	"statements": [
		made({"actions": ["s3:*"]}),
		made({"effect": "Deny", "actions": ["s3:delete*"]}),
		made({"actions": ["*"]}),
		made({"principals": aws("arn:aws:iam::111122223333:role/app/writer"), "actions": ["kms:sign"]}),
		made({"principals": aws("${aws_iam_role.moved.arn}"), "actions": ["kms:verify"]}),
		made({"partial": true}),
	],
	"policiesOn": {bucket: [2], "aws_s3_bucket.partial": [7]},
	"policiesOf": {writer: [0, 1, 3, 4], moved: [5], deployer: [6]},
}

test_granted_joins_identity_and_resource_policies if {
	granted := statement.granted with input as facts
	[s.actions | some s in granted[writer]] == [["s3:*"], ["kms:sign"]]
	[s.actions | some s in granted[moved]] == [["kms:verify"]]
	granted[deployer] == []
}

test_boundaries_and_deleted_policies_grant_nothing if {
	[p.address | some p in statement.identity_policies(writer)] == ["aws_iam_role_policy.writer"] with input as facts
	[p.address | some p in statement.boundaries(writer)] == ["aws_iam_policy.boundary"] with input as facts
}

test_own_deny_takes_a_grant_away if {
	statement.may(writer, "s3:putobject") with input as facts
	not statement.may(writer, "s3:deleteobject") with input as facts
	count(statement.grants(writer, "s3:putobject")) == 1 with input as facts
	statement.grants(writer, "s3:deleteobject") == [] with input as facts
	statement.grants("aws_iam_user.unheard_of", "s3:putobject") == [] with input as facts
}

test_deny_under_a_condition_takes_nothing_away if {
	path := "statements/1/conditions"
	conditional := json.patch(facts, [{"op": "replace", "path": path, "value": [http]}])
	statement.may(writer, "s3:deleteobject") with input as conditional
}

test_what_cannot_be_read_is_uncertain if {
	uncertain := statement.uncertain with input as facts
	uncertain == {moved: {"aws_iam_role_policy.dark"}, deployer: {"aws_iam_role_policy_attachment.a"}}
	statement.uncertain_on("aws_s3_bucket.partial", "resource") with input as facts
	not statement.uncertain_on(bucket, "resource") with input as facts
}

test_managed_policies_are_graded_by_name if {
	known := json.patch(facts, [{"op": "replace", "path": "policies/6/arn", "value": "arn:aws:iam::aws:policy/job/A"}])
	uncertain := statement.uncertain with input as known with data.part11_data.managed_policies as {"job/A": "admin"}
	object.get(uncertain, deployer, set()) == set()
}

test_resource_statements_of_a_bucket if {
	[s.actions | some s in statement.on(bucket)] == [["kms:sign"], ["kms:verify"]] with input as facts
	statement.on("aws_s3_bucket.none") == [] with input as facts
}

_said(actions_of_policies) := {action |
	policies := [{
		"address": $"aws_s3_bucket_policy.p{i}",
		"attribute": "policy",
		"use": "resource",
		"subjects": [bucket],
		"statements": statements,
	} |
		some i, statements in actions_of_policies
	]
	some said in statement.on(bucket) with input as fixture.with_policies(fixture.plan([fixture.bucket("raw", {})]), policies)
	some action in said.actions
}

test_of_several_policies_only_what_each_denies_is_denied[name] if {
	deny := deny_all({"sid": "A", "actions": ["s3:deny"]})
	allow := made({"actions": ["s3:allow"]})
	some name, case in {
		"one policy": [[[deny, allow]], {"s3:deny", "s3:allow"}],
		"the other denies too, by another Sid": [[[deny], [allow, object.union(deny, {"sid": "B"})]], {"s3:deny", "s3:allow"}],
		"the other denies nothing": [[[deny], [allow]], {"s3:allow"}],
		"the other is empty": [[[deny, allow], []], {"s3:allow"}],
		"the other denies under a condition": [[[deny, allow], [object.union(deny, {"conditions": [http]})]], {"s3:allow"}],
		"the other is read in part": [[[deny, allow], [object.union(deny, {"partial": true})]], {"s3:allow"}],
		"one of three does not deny": [[[deny, allow], [deny], [allow]], {"s3:allow"}],
		"each allows something": [[[made({"actions": ["s3:a"]})], [made({"actions": ["s3:b"]})]], {"s3:a", "s3:b"}],
	}
	_said(case[0]) == case[1]
}

test_deploy_roles_are_not_runtime_roles if {
	statement.deploy_roles == {deployer} with input as facts
	statement.runtime_roles == {writer, moved} with input as facts
}

test_two_roles_of_one_path_and_name_are_both_meant_and_neither_is_a_deploy_role if {
	twin := object.union(fixture.resource("aws_iam_role", "twin", {"name": "deploy"}), {"provider": "aws.replica"})
	plan := fixture.plan([fixture.resource("aws_iam_role", "deploy", {"name": "deploy"}), twin])
	principal := {"type": "AWS", "value": "arn:aws:iam::111122223333:role/deploy"}
	statement.roles_of_principal(principal) == {"aws_iam_role.deploy", "aws_iam_role.twin"} with input as plan
	statement.deploy_roles == set() with input as plan
}

test_a_principal_that_is_no_role_means_no_role[value] if {
	some value in ["111122223333", "arn:aws:iam::111122223333:root", "*"]
	plan := fixture.plan([fixture.resource("aws_iam_role", "deploy", {"name": "deploy"})])
	statement.roles_of_principal({"type": "AWS", "value": value}) == set() with input as plan
	statement.roles_of_principal({"type": "Service", "value": "s3.amazonaws.com"}) == set() with input as plan
}

test_a_role_that_only_a_resource_policy_names_is_granted_something if {
	plan := fixture.with_policies(
		fixture.plan([fixture.resource("aws_iam_role", "r", {"name": "r"})]),
		[{
			"address": "aws_s3_bucket_policy.p",
			"attribute": "policy",
			"use": "resource",
			"subjects": ["aws_s3_bucket.b"],
			"statements": [fixture.statement({
				"principals": [{"type": "AWS", "value": "arn:aws:iam::111122223333:role/r"}],
				"actions": ["s3:putobject"],
			})],
		}],
	)
	{action | some said in statement.granted["aws_iam_role.r"]; some action in said.actions} == {"s3:putobject"} with input as plan
}

# ---- federation -----------------------------------------------------------------------------------------------------

test_whom_an_identity_provider_lets_in[name] if {
	some name, case in {
		"nobody in particular": [[], false],
		"an audience of a provider of one's own": [[_condition("StringEquals", "login.example.org:aud", ["app"])], true],
		"an application of a social network": [[_condition("StringEquals", "graph.facebook.com:app_id", ["1"])], true],
		"any audience": [[_condition("StringLike", "login.example.org:aud", ["*"])], false],
		"an audience that the caller brings": [[_condition("StringEquals", "login.example.org:aud", ["${aws:username}"])], false],
		"no audience": [[_condition("StringEquals", "login.example.org:aud", [])], false],
		"an audience, if there is one": [[_condition("StringEqualsIfExists", "login.example.org:aud", ["app"])], false],
		"another claim": [[_condition("StringEquals", "login.example.org:email", ["a@example.org"])], false],
		"the audience of a CI provider": [[_condition("StringEquals", "gitlab.com:aud", ["https://gitlab.com"])], false],
		"an owner at a CI provider": [[_condition("StringLike", "gitlab.com:sub", ["project_path:acme/*"])], true],
		"no owner at a CI provider": [[_condition("StringLike", "gitlab.com:sub", ["project_path:*"])], false],
		"an owner among others at a CI provider": [[_condition("StringLike", "gitlab.com:sub", ["project_path:acme/*", "*"])], false],
		"a tenant that the issuer names": [[_condition("StringEquals", "vstoken.dev.azure.com/1-2:sub", ["sc://acme/zone/aws"])], true],
		"whatever a tenant's issuer says": [[_condition("StringLike", "vstoken.dev.azure.com/1-2:sub", ["*"])], false],
	}
	said := fixture.statement({"conditions": case[0]})
	found := {name | statement.federated_named(said)}
	found == {name | case[1]}
}

test_jobs_of_an_issuer_that_names_its_tenant[name] if {
	some name, case in {
		"an audience": [[_condition("StringEquals", "oidc.circleci.com/org/ab-12:aud", ["AB-12"])], true],
		"a subject": [[_condition("StringEquals", "oidc.circleci.com/org/ab-12:sub", ["org/AB-12/project/1/user/2"])], true],
		"a subject of one character that is no wildcard": [[_condition("StringLike", "oidc.circleci.com/org/ab-12:sub", ["~*"])], true],
		"any subject": [[_condition("StringLike", "oidc.circleci.com/org/ab-12:sub", ["?*"])], false],
		"another claim": [[_condition("StringEquals", "oidc.circleci.com/org/ab-12:email", ["a@example.org"])], false],
		"a subject of another tenant": [[_condition("StringEquals", "oidc.circleci.com/org/cd-34:sub", ["org/CD-34/project/1/user/2"])], false],
		"a subject that the caller brings": [[_condition("StringEquals", "oidc.circleci.com/org/ab-12:sub", ["${aws:username}"])], false],
	}
	said := fixture.statement({"conditions": case[0]})
	found := {name | statement.names_jobs(said, "oidc.circleci.com/org/ab-12")}
	found == {name | case[1]}
}

_condition(operator, key, values) := {"operator": operator, "key": key, "values": values}

test_a_permission_whose_caller_action_and_account_are_known_is_within_an_account[name] if {
	some name, case in {
		"a source known after apply": [{}, "aws_lambda_permission", true],
		"no account": [{"conditions": [_source]}, "aws_lambda_permission", false],
		"an account known after apply": [{"conditions": [_source, object.union(_account, {"values": []})]}, "aws_lambda_permission", false],
		"no caller": [{"principals": []}, "aws_lambda_permission", false],
		"no action": [{"actions": []}, "aws_lambda_permission", false],
		"another resource": [{}, "aws_sns_topic_policy", false],
	}
	permission := object.union(
		fixture.statement({
			"principals": [{"type": "Service", "value": "transfer.amazonaws.com"}],
			"actions": ["lambda:invokefunction"],
			"conditions": [_source, _account],
			"partial": true,
		}),
		case[0],
	)
	address := $"{case[1]}.it"
	plan := fixture.with_policies(fixture.plan([fixture.resource(case[1], "it", {})]), [{
		"address": address,
		"attribute": "principal",
		"use": "resource",
		"subjects": [],
		"statements": [permission],
	}])
	found := {known | some known in plan.policies; statement.within_account(known)} with input as plan
	count(found) == 1 == case[2]
}

_source := {"operator": "ArnLike", "key": "aws:sourcearn", "values": []}

_account := {"operator": "StringEquals", "key": "aws:sourceaccount", "values": ["111122223333"]}
