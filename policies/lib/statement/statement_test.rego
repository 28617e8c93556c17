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

# ---- actions --------------------------------------------------------------------------------------------------------

test_actions_match_with_wildcards_on_either_side if {
	cases := {
		"equal": ["s3:putobject", "s3:putobject"],
		"service wildcard": ["s3:*", "s3:putobject"],
		"everything": ["*", "s3:putobject"],
		"prefix": ["s3:put*", "s3:putobject"],
		"other prefix": ["s3:get*", "s3:putobject"],
		"inner wildcard": ["s3:*object", "s3:putobject"],
		"inner wildcard of another": ["s3:*acl", "s3:putobject"],
		"question mark": ["s3:putobjec?", "s3:putobject"],
		"question mark is one character": ["s3:putobjec?", "s3:putobjectacl"],
		"asked with wildcard": ["s3:putobject", "s3:put*"],
		"asked with wildcard of another service": ["kms:sign", "s3:put*"],
		"wildcards that meet": ["s3:*object", "s3:put*"],
		"wildcards that meet the other way": ["s3:put*", "s3:*object"],
		"wildcards apart": ["s3:get*t", "s3:put*"],
	}
	matched := {name | some name, c in cases; statement.matches_action(made({"actions": [c[0]]}), c[1])}
	matched == {
		"equal",
		"service wildcard",
		"everything",
		"prefix",
		"inner wildcard",
		"question mark",
		"asked with wildcard",
		"wildcards that meet",
		"wildcards that meet the other way",
	}
}

test_not_action_means_everything_else if {
	statement.matches_action(made({"notActions": ["iam:*"]}), "s3:putobject")
	not statement.matches_action(made({"notActions": ["s3:*"]}), "s3:putobject")
	statement.covers_action(made({"notActions": ["iam:*"]}), "s3:*")
	not statement.covers_action(made({"notActions": ["s3:get*"]}), "s3:*")
}

test_a_wildcard_is_covered_only_by_one_that_takes_any_rest if {
	cases := {
		"equal": ["s3:*", "s3:*"],
		"everything": ["*", "s3:*"],
		"inner wildcard": ["s?:*", "s3:*"],
		"two wildcards": ["s3:**", "s3:*"],
		"wider prefix": ["s3:p*", "s3:put*"],
		"one character": ["s3:?", "s3:*"],
		"at least one character": ["s3:?*", "s3:*"],
		"some endings": ["s3:*t", "s3:*"],
		"one character at the end": ["s3:pu?", "s3:put*"],
		"as long as the asked text": ["s3:put?", "s3:put*"],
		"asked in the middle": ["s3:?*", "s3:*object"],
		"asked in the middle and at the end": ["s3:?*", "s3:*object*"],
		"asked for one character": ["s3:?", "s3:?"],
		"every character but asked for one": ["?3:p*", "s3:pu?"],
	}
	covered := {name | some name, c in cases; statement.covers_action(made({"actions": [c[0]]}), c[1])}
	covered == {"equal", "everything", "inner wildcard", "two wildcards", "wider prefix", "asked for one character"}
}

test_matched_actions_lists_what_was_meant if {
	wanted := {"s3:putobject", "s3:getobject"}
	statement.matched_actions(made({"actions": ["s3:put*"]}), wanted) == {"s3:putobject"}
	statement.matched_actions(made({"actions": ["s3:putobject", "s3:putobjectacl"]}), wanted) == {"s3:putobject"}
	statement.matched_actions(made({"notActions": ["s3:get*"]}), wanted) == {"s3:putobject"}
}

# ---- S3 resources ---------------------------------------------------------------------------------------------------

on_bucket(fields) := found if {
	s := made(object.union({"refs": [bucket]}, fields))
	found := ((({"covers objects" | statement.covers_objects(s, bucket)} | {"covers bucket" | statement.covers_bucket(s, bucket)}) | {"touches objects" | statement.touches_objects(s, bucket, "")}) | {"touches in/" | statement.touches_objects(s, bucket, "in/")}) | {"touches bucket" | statement.touches_bucket(s, bucket)} with input as facts
}

all_of_it := {"covers objects", "covers bucket", "touches objects", "touches in/", "touches bucket"}

every_object := {"covers objects", "touches objects", "touches in/"}

touched := {"touches objects", "touches in/", "touches bucket"}

test_bucket_patterns if {
	cases := {
		"everything": ["*", all_of_it],
		"all buckets": ["arn:aws:s3:::*", all_of_it],
		"bucket": ["arn:aws:s3:::raw-records", {"covers bucket", "touches bucket"}],
		"objects": ["arn:aws-cn:s3:::raw-records/*", every_object],
		"bucket and objects by name wildcard": ["arn:aws:s3:::raw-*", all_of_it],
		"one prefix": ["arn:aws:s3:::raw-records/in/*", {"touches objects", "touches in/"}],
		"another prefix": ["arn:aws:s3:::raw-records/out/*", {"touches objects"}],
		"shorter prefix": ["arn:aws:s3:::raw-records/i*", {"touches objects", "touches in/"}],
		"one kind of file": ["arn:aws:s3:::raw-records/*.csv", {"touches objects", "touches in/"}],
		"one character, twice": ["arn:aws:s3:::raw-records/?/?", {"touches objects", "touches in/"}],
		"keys with a slash": ["arn:aws:s3:::raw-records/*/*", {"touches objects", "touches in/"}],
		"long keys": ["arn:aws:s3:::raw-records/???*", {"touches objects", "touches in/"}],
		"keys with an unusual end": ["arn:aws:s3:::raw-records/*\u007f", {"touches objects", "touches in/"}],
		"objects, wildcard doubled": ["arn:aws:s3:::raw-records/**", every_object],
		"objects of buckets by wildcard": ["arn:aws:s3:::*-record?/*", every_object],
		"keys with a slash by reference": ["${aws_s3_bucket.raw.arn}/*/*", {"touches objects", "touches in/"}],
		"policy variable": ["arn:aws:s3:::raw-records/${aws:username}/*", {"touches objects", "touches in/"}],
		"another bucket": ["arn:aws:s3:::other/*", set()],
		"bucket by reference": ["${aws_s3_bucket.raw.arn}", {"covers bucket", "touches bucket"}],
		"objects by reference": ["${aws_s3_bucket.raw.arn}/*", every_object],
		"objects by name reference": ["arn:aws:s3:::${aws_s3_bucket.raw.bucket}/*", every_object],
		"objects by id reference": ["arn:aws:s3:::${aws_s3_bucket.raw.id}/*", every_object],
		"another reference": ["${aws_s3_bucket.other.arn}/*", set()],
		"another service": ["arn:aws:sqs:eu-central-1:111122223333:queue", set()],
		"another service's wildcard": ["arn:aws:sqs:*", set()],
		"every ARN": ["arn:*", touched],
		"every S3 ARN": ["arn:aws:s3:*", touched],
		"local value": ["${local.raw_arn}/*", touched],
	}
	wrong := {name: got | some name, c in cases; got := on_bucket({"resources": [c[0]]}); got != c[1]}
	print(wrong)
	wrong == {}
}

test_covered_buckets_and_objects[name] if {
	some name, case in {
		"objects by name": [{"resources": ["arn:aws:s3:::raw-records/*"]}, {bucket}, set()],
		"bucket by name": [{"resources": ["arn:aws:s3:::raw-records"]}, set(), {bucket}],
		"objects of a prefix": [{"resources": ["arn:aws:s3:::raw-records/in/*"]}, set(), set()],
		"another bucket": [{"resources": ["arn:aws:s3:::other/*"]}, set(), set()],
		"another service": [{"resources": ["arn:aws:sqs:eu-west-1:1:q"]}, set(), set()],
		"everything": [{"resources": ["*"]}, {bucket}, {bucket}],
		"names by wildcard": [{"resources": ["arn:aws:s3:::raw-*"]}, {bucket}, {bucket}],
		"by reference": [{"refs": [bucket], "resources": ["${aws_s3_bucket.raw.arn}/*"]}, {bucket}, set()],
		"everything else": [{"resources": [], "notResources": ["arn:aws:s3:::other/*"]}, {bucket}, {bucket}],
		"objects of a prefix of one letter": [{"resources": ["arn:aws:s3:::raw-records/~*"]}, set(), set()],
	}
	statement.covered_objects(made(case[0])) == case[1] with input as facts
	statement.covered_buckets(made(case[0])) == case[2] with input as facts
}

test_touched_buckets[name] if {
	some name, case in {
		"objects of a prefix": [{"resources": ["arn:aws:s3:::raw-records/in/*"]}, {bucket}],
		"the bucket alone": [{"resources": ["arn:aws:s3:::raw-records"]}, set()],
		"another bucket": [{"resources": ["arn:aws:s3:::other/*"]}, set()],
		"names by wildcard": [{"resources": ["arn:aws:s3:::raw-*"]}, {bucket}],
		"every ARN": [{"resources": ["arn:*"]}, {bucket}],
		"not known": [{"resources": [], "partial": true}, {bucket}],
		"one object": [{"resources": ["arn:aws:s3:::raw-records/a"]}, {bucket}],
		"one object by reference": [{"refs": [bucket], "resources": ["${aws_s3_bucket.raw.arn}/a"]}, {bucket}],
		"objects of a prefix by reference": [{"refs": [bucket], "resources": ["${aws_s3_bucket.raw.arn}/in/*"]}, {bucket}],
		"three parts of another service": [{"resources": ["arn:aws:dynamodb*"]}, set()],
		"a service that begins as S3 does": [{"resources": ["arn:aws:s3~:*"]}, set()],
	}
	statement.touched_buckets(made(case[0])) == case[1] with input as facts
}

test_bucket_named_by_another_reference_is_not_meant if {
	on_bucket({"refs": [], "resources": ["${aws_s3_bucket.raw.arn}/*"]}) == set()
}

test_bucket_of_unknown_name_is_met_by_reference_only if {
	unnamed := json.patch(facts, [{"op": "remove", "path": "resources/aws_s3_bucket.raw/values/bucket"}])
	s := made({"refs": [bucket], "resources": ["${aws_s3_bucket.raw.arn}/*"]})
	statement.covers_objects(s, bucket) with input as unnamed
	not statement.covers_objects(made({"resources": ["arn:aws:s3:::raw-records/*"]}), bucket) with input as unnamed
}

test_not_resource_means_everything_else if {
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:::other/*"]}) == all_of_it
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:::raw-records"]}) == every_object
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:::raw-records/*"]}) == {"covers bucket", "touches bucket"}
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:::raw-records/out/*"]}) == touched | {"covers bucket"}
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:::raw-records/?/?"]}) == touched | {"covers bucket"}
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:::raw-records/in/*"]}) == {"covers bucket", "touches bucket", "touches objects"}
	on_bucket({"resources": [], "notResources": ["arn:aws:s3:*"]}) == {"touches objects", "touches in/"}
	on_bucket({"resources": [], "notResources": ["arn:aws:sqs:eu-central-1:111122223333:queue"]}) == {"touches objects", "touches in/"}
}

test_unknown_resources_may_touch_anything_and_cover_nothing if {
	on_bucket({"resources": [], "partial": true}) == touched
}

# ---- conditions and principals --------------------------------------------------------------------------------------

condition(operator, key, values) := {"operator": operator, "key": key, "values": values}

anyone := [{"type": "*", "value": "*"}]

deny_all(fields) := made(object.union({"effect": "Deny", "principals": anyone, "actions": ["s3:*"]}, fields))

http := condition("Bool", "aws:securetransport", ["false"])

test_deny_of_plain_http if {
	cases := {
		"plain": deny_all({"conditions": [http]}),
		"if exists": deny_all({"conditions": [condition("BoolIfExists", "aws:securetransport", ["False"])]}),
		"principal AWS *": deny_all({"principals": aws("*"), "conditions": [http]}),
		"every action": deny_all({"actions": ["*"], "conditions": [http]}),
		"narrowed": deny_all({"conditions": [http, condition("StringEquals", "aws:username", ["x"])]}),
		"true instead": deny_all({"conditions": [condition("Bool", "aws:securetransport", ["true"])]}),
		"some principals": deny_all({"principals": aws("arn:aws:iam::111122223333:root"), "conditions": [http]}),
		"exceptions": deny_all({"notPrincipals": aws("arn:aws:iam::111122223333:root"), "conditions": [http]}),
		"some actions": deny_all({"actions": ["s3:get*"], "conditions": [http]}),
		"allow": made({"principals": anyone, "actions": ["s3:*"], "conditions": [http]}),
		"partial": deny_all({"partial": true, "conditions": [http]}),
	}
	{name | some name, s in cases; statement.denies_plain_http(s, "s3:*")} == {"plain", "if exists", "principal AWS *", "every action"}
}

test_deny_of_old_tls if {
	cases := {
		"1.2": deny_all({"conditions": [condition("NumericLessThan", "s3:tlsversion", ["1.2"])]}),
		"1.3": deny_all({"conditions": [condition("NumericLessThanIfExists", "s3:tlsversion", ["1.3"])]}),
		"1.1": deny_all({"conditions": [condition("NumericLessThan", "s3:tlsversion", ["1.1"])]}),
		"greater": deny_all({"conditions": [condition("NumericGreaterThan", "s3:tlsversion", ["1.2"])]}),
	}
	{name | some name, s in cases; statement.denies_old_tls(s, "s3:*", 1.2)} == {"1.2", "1.3"}
}

test_public_statements if {
	statement.public(made({"principals": anyone}))
	statement.public(made({"notPrincipals": aws("arn:aws:iam::111122223333:root")}))
	not statement.public(made({"principals": aws("arn:aws:iam::111122223333:root")}))
	not statement.public(deny_all({}))
	not statement.public(deny_all({"notPrincipals": anyone}))
}

test_service_principals_are_listed if {
	s := made({"principals": array.concat(anyone, [{"type": "Service", "value": "cloudtrail.amazonaws.com"}])})
	statement.services(s) == {"cloudtrail.amazonaws.com"}
}

test_conditions_that_name_the_caller if {
	cases := {
		"account": condition("StringEquals", "aws:sourceaccount", ["111122223333"]),
		"exact ARN": condition("ArnEquals", "aws:sourcearn", ["arn:aws:s3:::raw-records"]),
		"account inside a pattern": condition("ArnLike", "aws:sourcearn", ["arn:aws:events:*:111122223333:rule/*"]),
		"account in any case": condition("StringEqualsIgnoreCase", "aws:principalarn", ["arn:aws:iam::111122223333:role/a"]),
		"account inside a text": condition("StringLike", "aws:principalarn", ["arn:aws:iam::111122223333:role/*"]),
		"any account": condition("ArnLike", "aws:sourcearn", ["arn:aws:events:eu-central-1:*:rule/*"]),
		"no account": condition("ArnLike", "aws:sourcearn", ["arn:aws:s3:::*"]),
		"too short": condition("ArnLike", "aws:sourcearn", ["arn:*"]),
		"one of two open": condition("StringLike", "aws:principalarn", ["arn:aws:iam::111122223333:role/a", "*"]),
		"if exists": condition("StringEqualsIfExists", "aws:sourceaccount", ["111122223333"]),
		"for all values": condition("ForAllValues:StringEquals", "aws:sourceaccount", ["111122223333"]),
		"wildcards before the account": condition("StringLike", "aws:principalarn", ["arn:*:*:*:role/x"]),
		"a wildcard partition in a text": condition("StringLike", "aws:principalarn", ["arn:*:iam::111122223333:role/x"]),
		"a wildcard partition in an ARN": condition("ArnLike", "aws:principalarn", ["arn:*:iam::111122223333:role/x"]),
		"reference": condition("ArnEquals", "aws:sourcearn", ["${aws_s3_bucket.raw.arn}"]),
		"reference inside": condition("ArnEquals", "aws:sourcearn", ["arn:aws:s3:::${aws_s3_bucket.raw.bucket}"]),
		"data source": condition("StringEquals", "aws:sourceaccount", ["${data.aws_caller_identity.me.account_id}"]),
		"policy variable": condition("StringEquals", "aws:principalaccount", ["${aws:PrincipalAccount}"]),
		"policy variable of KMS": condition("StringLike", "kms:calleraccount", ["${kms:CallerAccount}"]),
		"policy variable beside an account": condition("StringEquals", "aws:sourceaccount", ["111122223333", "${aws:SourceAccount}"]),
		"policy variable behind a reference": condition("ArnEquals", "aws:sourcearn", ["${aws_s3_bucket.raw.arn}${aws:SourceArn}"]),
		"policy variable inside an ARN": condition("ArnLike", "aws:principalarn", ["arn:aws:iam::${aws:PrincipalAccount}:role/a"]),
		"another key": condition("StringEquals", "aws:sourcevpce", ["vpce-1"]),
		"no value": condition("StringEquals", "aws:sourceaccount", []),
		"no pattern": condition("ArnLike", "aws:sourcearn", []),
	}
	named := {name |
		some name, c in cases
		statement.restricted_by(made({"conditions": [c]}), statement.caller_keys)
	}
	named == {"account", "account in any case", "account inside a text", "exact ARN", "account inside a pattern", "a wildcard partition in an ARN", "reference", "reference inside", "data source"}
	statement.source_keys & statement.caller_keys == statement.source_keys
}

test_condition_values_are_found_by_operator_and_key if {
	s := made({"conditions": [condition("StringEquals", "s3:x-amz-acl", ["private"])]})
	statement.has_condition(s, "StringEquals", "s3:x-amz-acl", "private")
	not statement.has_condition(s, "StringNotEquals", "s3:x-amz-acl", "private")
	not statement.has_condition(s, "StringEquals", "aws:sourceaccount", "private")
}

# ---- subjects -------------------------------------------------------------------------------------------------------

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

test_whoever_is_meant_by_a_wildcard_is_public[name] if {
	audience := [condition("StringEquals", "x:aud", ["pool"])]
	some name, case in {
		"any provider, of a named audience": [[{"type": "Federated", "value": "arn:aws:iam::*:oidc-provider/x"}], audience, true],
		"any account": [aws("arn:aws:iam::*:root"), audience, true],
		"one provider, of a named audience": [[{"type": "Federated", "value": "x"}], audience, false],
		"one provider, of a pattern of subjects": [[{"type": "Federated", "value": "x"}], [condition("StringLike", "x:sub", ["repo:acme/*"])], false],
		"one provider, of a subject that is a tilde": [[{"type": "Federated", "value": "x"}], [condition("StringLike", "x:sub", ["~*"])], false],
		"one provider, of any subject": [[{"type": "Federated", "value": "x"}], [condition("StringLike", "x:sub", ["?*"])], true],
		"one provider, of nobody in particular": [[{"type": "Federated", "value": "x"}], [], true],
	}
	{true | statement.public(made({"principals": case[0], "conditions": case[1]}))} == {true | case[2]}
}

test_each_key_of_a_caller_restricts[key] if {
	some key in [
		"aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceowner",
		"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "kms:calleraccount",
	]
	statement.restricted_by(made({"conditions": [condition("StringEquals", key, ["x"])]}), statement.caller_keys)
}

test_a_text_pinned_to_an_account_has_no_wildcard_before_it[value] if {
	some value in ["*:aws:iam::111122223333:role/x", "arn:aws:iam::1111*:role/x", "arn:aws:*::111122223333:role/x"]
	restricted := made({"conditions": [condition("StringLike", "aws:principalarn", [value])]})
	not statement.restricted_by(restricted, statement.caller_keys)
}

test_all_but_one_action_does_not_cover_what_may_be_it if {
	not statement.covers_action(made({"notActions": ["s3:getobject"]}), "s3:get*")
}

test_objects_below_one_letter_are_not_all_objects if {
	not statement.covers_objects(made({"resources": ["arn:aws:s3:::raw-records/~*"]}), bucket) with input as facts
}

test_a_wildcard_before_the_last_letter_covers if {
	statement.covers_action(made({"actions": ["s3:*~"]}), "s3:x~")
}

test_an_address_is_no_name_of_a_bucket if {
	nameless := json.patch(facts, [{"op": "replace", "path": ["resources", bucket, "values"], "value": {}}])
	statement.touched_buckets(made({"resources": ["arn:aws:s3:::aws_s3_bucket.raw/*"]})) == set() with input as nameless
}
