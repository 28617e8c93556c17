# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_13_test

import data.lib.fixture
import data.part11.p11_10e_13 as control

test_rights_of_a_role[name] if {
	some name, case in {
		"adding passes": [[_allow(["dynamodb:putitem", "dynamodb:query", "dynamodb:getitem"])], {["pass", "dynamodb:putitem"]}],
		"reading is no writing": [[_allow(["dynamodb:query"])], set()],
		"updating fails": [[_allow(["dynamodb:putitem", "dynamodb:updateitem"])], {["fail", "dynamodb:updateitem"]}],
		"batches and PartiQL fail": [
			[_allow(["dynamodb:batchwriteitem", "dynamodb:partiqlupdate"])],
			{["fail", "dynamodb:batchwriteitem, dynamodb:partiqlupdate"]},
		],
		"a wildcard fails": [
			[_allow(["dynamodb:delete*"])],
			{["fail", "dynamodb:deleteitem, dynamodb:deleteresourcepolicy, dynamodb:deletetable"]},
		],
		"time to live fails": [[_allow(["dynamodb:updatetimetolive"])], {["fail", "dynamodb:updatetimetolive"]}],
		"updating anything fails": [
			[fixture.statement({"actions": ["dynamodb:updateitem"], "resources": ["arn:aws:dynamodb:*:*:table/*"]})],
			{["fail", "dynamodb:updateitem"]},
		],
		"updating another table passes": [
			[_allow(["dynamodb:putitem"]), fixture.statement({"actions": ["dynamodb:updateitem"], "resources": ["arn:aws:dynamodb:r:1:table/other"]})],
			{["pass", "dynamodb:putitem"]},
		],
		"denied again on the table passes": [
			[_allow(["dynamodb:putitem", "dynamodb:updateitem"]), object.union(_allow(["dynamodb:update*"]), {"effect": "Deny"})],
			{["pass", "dynamodb:putitem"]},
		],
		"denied again on an index fails": [
			[
				_allow(["dynamodb:updateitem"]),
				fixture.statement({
					"effect": "Deny", "actions": ["dynamodb:updateitem"],
					"resources": ["arn:aws:dynamodb:r:1:table/ledger/index/i"], "refs": [_ledger],
				}),
			],
			{["fail", "dynamodb:updateitem"]},
		],
		"denied under a condition fails": [
			[
				_allow(["dynamodb:updateitem"]),
				object.union(_allow(["dynamodb:updateitem"]), {"effect": "Deny", "conditions": [{"operator": "Bool", "key": "aws:viaawsservice", "values": ["true"]}]}),
			],
			{["fail", "dynamodb:updateitem"]},
		],
		"a denial not known fails": [
			[_allow(["dynamodb:updateitem"]), object.union(_allow(["dynamodb:updateitem"]), {"effect": "Deny", "partial": true})],
			{["fail", "dynamodb:updateitem"]},
		],
		"adding by a text that is not whole passes": [[object.union(_allow(["dynamodb:putitem"]), {"partial": true})], {["pass", "dynamodb:putitem"]}],
		"updating what is not known is unknown": [
			[fixture.statement({"actions": ["dynamodb:updateitem"], "partial": true})],
			{["unknown", "rights not known"]},
		],
	}
	plan := _plan([_of_role({"statements": case[0]})])
	{[found.status, found.actual] | some found in control.answers; found.address == _role} == case[1] with input as plan
	{found.attribute | some found in control.answers} - {"policy"} == set() with input as plan
}

test_origins[name] if {
	some name, case in {
		"an administrator": [{"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess"}, "fail"],
		"text not known": [{"origin": "unknown"}, "unknown"],
		"a managed policy not known": [{"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/Unheard"}, "unknown"],
	}
	policy := object.union({"statements": []}, case[0])
	{[found.address, found.attribute, found.status] | some found in control.answers} == {[_role, "policy", case[1]]} with input as _plan([_of_role(policy)])
	alone := _plan([_of_role(object.union(policy, {"subjects": []}))])
	{[found.address, found.status] | some found in control.answers} == {["aws_iam_role_policy.r", case[1]]} with input as alone
}

test_a_policy_of_nobody_in_the_plan[name] if {
	some name, case in {
		"updating fails": [["dynamodb:updateitem"], "fail"],
		"adding passes": [["dynamodb:putitem"], "pass"],
	}
	plan := _plan([_of_role({"subjects": [], "statements": [_allow(case[0])]})])
	actual := {"fail": "dynamodb:updateitem", "pass": "none"}[case[1]]
	{[found.address, found.status, found.actual] | some found in control.answers} == {["aws_iam_role_policy.r", case[1], actual]} with input as plan
}

test_the_policy_of_the_table[name] if {
	strangers := fixture.statement({
		"actions": ["dynamodb:deleteitem"],
		"principals": [{"type": "AWS", "value": "arn:aws:iam::1:role/r"}],
	})
	some name, case in {
		"of the ledger": [[_ledger], {["aws_dynamodb_resource_policy.p", "fail"]}],
		"of a table not known": [[], {["aws_dynamodb_resource_policy.p", "fail"]}],
		"of another table": [["aws_dynamodb_table.other"], set()],
	}
	policy := {"address": "aws_dynamodb_resource_policy.p", "attribute": "policy", "use": "resource", "subjects": case[0], "statements": [strangers]}
	{[found.address, found.status] | some found in control.answers} == case[1] with input as _plan([policy])
}

test_deploy_roles_and_boundaries_are_not_judged[name] if {
	updating := [_allow(["dynamodb:updateitem"])]
	some name, plan in {
		"deploy role": fixture.with_settings(_plan([_of_role({"statements": updating})]), {"deployRoleArns": ["arn:aws:iam::1:role/r"]}),
		"boundary": _plan([_of_role({"use": "boundary", "statements": updating})]),
	}
	control.answers == set() with input as plan
	control.not_applicable == "no writer of a ledger in the plan" with input as plan
}

# ---- tables of vendors and deliveries -------------------------------------------------------------------------------

test_nobody_writes_who_may_send_what[name] if {
	some role in ["identity-provider", "deliveries"]
	some right, found in {
		["dynamodb:getitem", "dynamodb:query"]: set(),
		["dynamodb:putitem"]: {["fail", "dynamodb:putitem"]},
		["dynamodb:deleteitem"]: {["fail", "dynamodb:deleteitem"]},
		["dynamodb:*item"]: {["fail", "dynamodb:batchwriteitem, dynamodb:deleteitem, dynamodb:putitem, dynamodb:updateitem"]},
	}
	name := $"{role}: {concat(" ", right)}"
	plan := _of_directory(role, [_of_role({"statements": [_on_directory(right)]})])
	{[one.status, one.actual] | some one in control.answers} == found with input as plan
}

test_a_writer_of_the_ledger_who_also_adds_vendors_fails if {
	both := [_allow(["dynamodb:putitem"]), _on_directory(["dynamodb:putitem"])]
	{[one.status, one.actual] | some one in control.answers} == {["fail", "dynamodb:putitem"]} with input as _of_directory("identity-provider", [_of_role({"statements": both})])
}

test_a_policy_of_nobody_adds_no_vendor if {
	policy := _of_role({"subjects": [], "statements": [_on_directory(["dynamodb:putitem"])]})
	{[one.address, one.status] | some one in control.answers} == {["aws_iam_role_policy.r", "fail"]} with input as _of_directory("identity-provider", [policy])
}

test_the_policy_of_a_table_of_vendors[action] if {
	some action, status in {"dynamodb:putitem": "fail", "dynamodb:getitem": "pass"}
	said := fixture.statement({"actions": [action], "principals": [{"type": "AWS", "value": "arn:aws:iam::1:role/r"}]})
	policy := {"address": "aws_dynamodb_resource_policy.p", "attribute": "policy", "use": "resource", "subjects": [_directory], "statements": [said]}
	{[one.address, one.status] | some one in control.answers} == {["aws_dynamodb_resource_policy.p", status]} with input as _of_directory("deliveries", [policy])
}

test_a_table_whose_tag_is_not_known_may_be_of_vendors if {
	dark := fixture.unknown(fixture.resource("aws_dynamodb_table", "directory", {"name": "directory"}), [["tags", "Part11Role"]])
	plan := object.union(_plan([_of_role({"statements": [_on_directory(["dynamodb:putitem"])]})]), {
		"resources": {_directory: dark},
		"byType": {"aws_dynamodb_table": [_directory, _ledger, "aws_dynamodb_table.other"]},
	})
	{one.status | some one in control.answers} == {"fail"} with input as plan
}

_directory := "aws_dynamodb_table.directory"

_on_directory(actions) := fixture.statement({"actions": actions, "resources": ["arn:aws:dynamodb:eu-west-1:1:table/directory"], "refs": [_directory]})

_of_directory(role, policies) := object.union(_plan(policies), {
	"resources": {_directory: fixture.resource("aws_dynamodb_table", "directory", {"name": "directory", "tags": {"Part11Role": role}})},
	"byType": {"aws_dynamodb_table": [_directory, _ledger, "aws_dynamodb_table.other"]},
})

test_no_ledger_is_not_applicable if {
	plan := fixture.with_policies(fixture.plan([]), [_of_role({"statements": [_allow(["dynamodb:updateitem"])]})])
	control.not_applicable == "no table of a ledger, of vendors or deliveries in the plan" with input as plan
	control.answers == set() with input as plan
}

_role := "aws_iam_role.r"

_ledger := "aws_dynamodb_table.ledger"

_allow(actions) := fixture.statement({"actions": actions, "resources": ["arn:aws:dynamodb:eu-west-1:1:table/ledger"], "refs": [_ledger]})

_of_role(fields) := object.union(
	{"address": "aws_iam_role_policy.r", "attribute": "policy", "use": "identity", "subjects": [_role]},
	fields,
)

_plan(policies) := fixture.with_policies(
	fixture.plan([
		fixture.resource("aws_dynamodb_table", "ledger", {"name": "ledger", "tags": {"Part11Role": "ledger"}}),
		fixture.resource("aws_dynamodb_table", "other", {"name": "other"}),
		fixture.resource("aws_dynamodb_resource_policy", "p", {}),
		fixture.resource("aws_iam_role", "r", {"name": "r", "path": "/"}),
	]),
	policies,
)

test_each_right_to_rewrite_fails[action] if {
	some action in [
		"dynamodb:batchwriteitem",
		"dynamodb:deleteitem",
		"dynamodb:deleteresourcepolicy",
		"dynamodb:deletetable",
		"dynamodb:partiqldelete",
		"dynamodb:partiqlinsert",
		"dynamodb:partiqlupdate",
		"dynamodb:putresourcepolicy",
		"dynamodb:updatecontinuousbackups",
		"dynamodb:updateitem",
		"dynamodb:updatetable",
		"dynamodb:updatetimetolive",
	]
	{[found.status, found.actual] | some found in control.answers} == {["fail", action]} with input as _plan([_of_role({"statements": [_allow([action])]})])
}
