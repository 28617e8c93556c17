# SPDX-License-Identifier: Apache-2.0

package lib.blinding_test

import data.lib.blinding
import data.lib.fixture

test_a_plan_that_agrees_with_the_settings_passes if {
	found := [[one.address, one.attribute, one.status, one.actual] | some one in blinding.answers] with input as _plan
	{one | some one in found} == {
		["aws_dynamodb_table_item.arms", "item", "pass", "unblinded"],
		["aws_s3_bucket.inbox", "policy", "pass", "denied"],
		["aws_s3_bucket.raw", "policy", "pass", "none"],
		["aws_s3_bucket.raw-copy", "policy", "pass", "none"],
		["aws_s3_bucket.arms", "tags", "pass", "unblinded"],
		["aws_s3_bucket.arms-copy", "tags", "pass", "unblinded"],
		[_copying("raw"), "rule.destination.bucket", "pass", "aws_s3_bucket.raw-copy"],
		[_copying("arms"), "rule.destination.bucket", "pass", "aws_s3_bucket.arms-copy"],
	}
}

test_prefixes_of_a_folder if {
	blinding.incoming("corvid/st-101") == {"clinical/inbound/raw/corvid/st-101/", "clinical/inbound/test/corvid/"}
	blinding.records("corvid/st-101") == "clinical/inbound/raw/corvid/st-101/"
}

test_a_row_that_is_not_known_matters_where_something_is_unblinded[name] if {
	some name, case in {
		"by the settings": [["corvid/st-101"], {["aws_dynamodb_table_item.arms", "item", "unknown", "not readable before apply"], ["plan", "tags", "fail", "none"]}],
		"not at all": [[], set()],
	}
	_bad(_with_folders(fixture.plan([_table, _row_of("{")]), case[0])) == case[1]
}

test_settings_that_do_not_say_are_told_at_the_bucket if {
	_bad(_with_folders(_plan, null)) == {
		["aws_s3_bucket.arms", "tags", "fail", "not set"],
		["aws_s3_bucket.arms-copy", "tags", "fail", "not set"],
		["aws_dynamodb_table_item.arms", "item", "fail", "not named there"],
	}
}

test_settings_of_none_are_fine_without_rows if {
	_bad(_with_folders(json.patch(_plan, [{"op": "remove", "path": "/resources/aws_dynamodb_table_item.arms"}]), [])) == set()
}

test_nothing_is_asked_of_a_plan_of_something_else if {
	_bad(_with_folders(fixture.plan([fixture.tagged_bucket("raw", "record")]), ["corvid/st-101"])) == set()
}

# ---- rows -----------------------------------------------------------------------------------------------------------

test_rows[name] if {
	some name, case in {
		"called blinded": [_row(_arms("blinded")), {["aws_dynamodb_table_item.arms", "item", "fail", "blinded"]}],
		"called nothing": [_row(object.remove(_arms(""), ["blinding"])), {_dark_row}],
		"not the settings' folder": [
			_row(object.union(_arms("unblinded"), {"vendor": "other"})),
			{["aws_dynamodb_table_item.arms", "item", "fail", "not named there"], _no_row},
		],
		"of another table": [fixture.resource("aws_dynamodb_table_item", "arms", {"table_name": "other", "item": _item(_arms("unblinded"))}), {_no_row}],
		"by name": [fixture.resource("aws_dynamodb_table_item", "arms", {"table_name": "deliveries", "item": _item(_arms("unblinded"))}), set()],
		"no JSON": [_row_of("{"), {_dark_row}],
		"no JSON within": [_row_of(json.marshal({"delivery": {"S": "{"}})), {_dark_row}],
		"known after apply": [fixture.unknown(_row(_arms("unblinded")), [["item"]]), {_dark_row}],
		"taken away": [fixture.deleted(_row(_arms("unblinded"))), {_no_row}],
	}
	_bad(_replaced(case[0])) == case[1]
}

test_a_row_that_another_bucket_less_plan_calls_unblinded_is_told if {
	plan := fixture.plan([_table, _row(_arms("unblinded"))])
	_bad(plan) == {["aws_dynamodb_table_item.arms", "item", "fail", "not named there"]}
}

test_folders_of_the_settings_need_a_bucket if {
	plan := _with_folders(fixture.plan([_table, _row(_arms("unblinded"))]), ["corvid/st-101"])
	_bad(plan) == {["plan", "tags", "fail", "none"]}
}

test_a_table_whose_tag_is_not_known_may_hold_deliveries if {
	plan := _with_folders(_replaced(fixture.unknown(_table, [["tags", "Part11Role"]])), ["corvid/st-101"])
	_bad(plan) == set()
}

# ---- the inbox ------------------------------------------------------------------------------------------------------

test_the_inbox_refuses_folder_and_trials_to_all_but_promotion_and_scanners[name] if {
	some name, case in {
		"all of it": [{"resources": ["arn:aws:s3:::inbox/*"]}, 0],
		"to everybody": [{"conditions": []}, 0],
		"to all but a role by reference": [{"conditions": [_but(["${aws_iam_role.ingest.arn}"])]}, 0],
		"the folder alone": [{"resources": ["arn:aws:s3:::inbox/clinical/inbound/raw/corvid/st-101/*"]}, 2],
		"the neighbour": [{"resources": ["arn:aws:s3:::inbox/clinical/inbound/raw/corvid/st-1012/*", "arn:aws:s3:::inbox/clinical/inbound/test/corvid/*"]}, 2],
		"the vendor": [{"resources": ["arn:aws:s3:::inbox/clinical/inbound/*"]}, 0],
		"no versions": [{"actions": ["s3:getobject"]}, 2],
		"versions alone": [{"actions": ["s3:getobjectversion"]}, 2],
		"the inspector too": [{"conditions": [_but(["arn:aws:iam::111122223333:role/ingest", "arn:aws:iam::111122223333:role/inspector"])]}, 4],
		"a role of another plan": [{"conditions": [_but(["arn:aws:iam::111122223333:role/gone"])]}, 4],
		"the scanner too": [{"conditions": [_but(["arn:aws:iam::111122223333:role/ingest", _scanner])]}, 0],
		"the scanner's neighbour": [{"conditions": [_but(["arn:aws:iam::111122223333:role/house-scanner"])]}, 4],
		"a role of the plan that the settings call a scanner": [{"conditions": [_but(["arn:aws:iam::111122223333:role/inspector"])]}, 4],
		"by text": [{"conditions": [object.union(_but(["arn:aws:iam::111122223333:role/ingest"]), {"operator": "StringNotEquals"})]}, 0],
		"a pattern": [{"conditions": [object.union(_but(["arn:aws:iam::111122223333:role/ingest"]), {"operator": "ArnLike"})]}, 4],
		"another key": [{"conditions": [object.union(_but(["arn:aws:iam::111122223333:role/ingest"]), {"key": "aws:sourcevpce"})]}, 4],
		"two conditions": [{"conditions": [_but(["arn:aws:iam::111122223333:role/ingest"]), {"operator": "Bool", "key": "aws:securetransport", "values": ["false"]}]}, 4],
		"to one": [{"principals": [{"type": "AWS", "value": "arn:aws:iam::111122223333:role/inspector"}]}, 4],
	}
	scanners := {"scannerRoleArns": [_scanner, "arn:aws:iam::111122223333:role/inspector"]}
	plan := _with_policies(fixture.with_settings(_base, object.union(_base.settings, scanners)), [_inbox_policy(object.union(_denial, case[0])), _promotion])
	found := {one | some one in blinding.answers with input as plan; one.status != "pass"}
	count(found) == case[1]
	{[one.address, one.attribute, one.status, one.actual] | some one in found} - {["aws_s3_bucket.inbox", "policy", "fail", "no such Deny"]} == set()
}

test_a_policy_of_the_inbox_that_is_not_known_is_unknown if {
	dark := object.union(_inbox_policy(_denial), {"origin": "unknown", "statements": []})
	{[one[0], one[1], one[2]] | some one in _bad(_with_policies(_base, [dark, _promotion]))} == {["aws_s3_bucket.inbox", "policy", "unknown"]}
}

# ---- promotion ------------------------------------------------------------------------------------------------------

test_promotion_is_the_one_role_of_the_one_function[name] if {
	some name, case in {
		"by ARN": [[_lambda("ingest")], _service, true],
		"by reference": [[fixture.referring(fixture.resource("aws_lambda_function", "ingest", {"tags": {"Part11Role": "ingest"}}), {"role": ["aws_iam_role.ingest"]})], _service, true],
		"no function": [[], _service, false],
		"a function without the tag": [[fixture.resource("aws_lambda_function", "ingest", {"role": "arn:aws:iam::111122223333:role/ingest"})], _service, false],
		"two functions": [[_lambda("ingest"), _lambda("second")], _service, false],
		"a function of another role": [[fixture.resource("aws_lambda_function", "ingest", {"role": "arn:aws:iam::111122223333:role/x", "tags": {"Part11Role": "ingest"}})], _service, false],
		"a person takes the role": [[_lambda("ingest")], array.concat(_service, [{"type": "AWS", "value": "arn:aws:iam::111122223333:user/x"}]), false],
		"another service takes the role": [[_lambda("ingest")], [{"type": "Service", "value": "ec2.amazonaws.com"}], false],
		"nobody takes the role": [[_lambda("ingest")], [], false],
		"the one task, by ARN": [[_lambda("ingest"), _task("t", _role_arn)], _both_programs, true],
		"the one task, of a role whose account is not told": [[_lambda("ingest"), fixture.referring(_task("t", null), {"task_role_arn": ["aws_iam_role.ingest"]})], _both_programs, false],
		"the one task, with empty words about its run": [_running({"command": [], "entryPoint": null, "privileged": false}), _both_programs, true],
		"a task with another command": [_running({"command": ["sh", "-c", "x"]}), _both_programs, false],
		"a task with another entry point": [_running({"entryPoint": ["sh"]}), _both_programs, false],
		"a task that is privileged": [_running({"privileged": true}), _both_programs, false],
		"a task with credentials of another registry": [_running({"repositoryCredentials": {"credentialsParameter": "x"}}), _both_programs, false],
		"a task of another account's image": [_running({"image": "999999999999.dkr.ecr.eu-central-1.amazonaws.com/x@sha256:0"}), _both_programs, false],
		"a task of a public image": [_running({"image": "docker.io/x@sha256:0"}), _both_programs, false],
		"a task with a second container": [[_lambda("ingest"), _task_of("t", _role_arn, [_container, _container])], _both_programs, false],
		"the one task beside a batch job": [[_lambda("ingest"), _task("t", _role_arn), fixture.resource("aws_batch_job_definition", "j", {"type": "container"})], _both_programs, false],
		"the one task beside one of another role": [[_lambda("ingest"), _task("t", _role_arn), _task("u", "arn:aws:iam::111122223333:role/x")], _both_programs, true],
		"the one task beside one without a role": [[_lambda("ingest"), _task("t", _role_arn), _task("u", null)], _both_programs, true],
		"two tasks": [[_lambda("ingest"), _task("t", _role_arn), _task("u", _role_arn)], _both_programs, false],
		"a task that may be of any role": [[_lambda("ingest"), _task("t", _role_arn), fixture.unknown(_task("u", null), [["task_role_arn"]])], _both_programs, false],
		"tasks of another plan": [[_lambda("ingest")], _both_programs, false],
	}
	role := fixture.resource("aws_iam_role", "ingest", {"name": "ingest", "path": "/", "tags": {"Part11Role": "ingest"}})
	plan := fixture.with_policies(fixture.plan(array.concat([role], case[0])), [_trust(case[1])])
	found := blinding.promotion with input as plan
	found == {fixture.address(role) | case[2]}
}

test_a_role_without_the_tag_is_not_promotion_s if {
	role := fixture.resource("aws_iam_role", "ingest", {"name": "ingest", "path": "/"})
	plan := fixture.with_policies(fixture.plan([role, _lambda("ingest")]), [_trust(_service)])
	blinding.promotion == set() with input as plan
}

test_each_inbox_may_have_a_function_with_a_role_of_its_own if {
	second := fixture.resource("aws_lambda_function", "second", {"role": "arn:aws:iam::111122223333:role/second", "tags": {"Part11Role": "ingest"}})
	role := fixture.resource("aws_iam_role", "second", {"name": "second", "path": "/", "tags": {"Part11Role": "ingest"}})
	trust := object.union(_trust(_service), {"address": "aws_iam_role.second", "subjects": ["aws_iam_role.second"]})
	resources := array.concat([one | some one in _base.resources], [second, role])
	first := {"aws_iam_role.ingest"}
	blinding.promotion == first | {"aws_iam_role.second"} with input as fixture.with_policies(fixture.plan(array.concat(resources, [fixture.tagged_bucket("inbox-2", "inbox")])), [_trust(_service), trust])
	blinding.promotion == set() with input as fixture.with_policies(fixture.plan(resources), [_trust(_service), trust])
}

test_a_trust_policy_that_is_not_known_in_full_makes_no_promotion if {
	trust := _trust(_service)
	plan := fixture.with_policies(_base, [object.union(trust, {"statements": [object.union(said, {"partial": true}) | some said in trust.statements]})])
	blinding.promotion == set() with input as plan
}

test_a_trust_policy_that_is_not_known_makes_no_promotion if {
	plan := fixture.with_policies(_base, [object.union(_trust([]), {"origin": "unknown", "statements": []})])
	blinding.promotion == set() with input as plan
}

# ---- where the records are written ----------------------------------------------------------------------------------

test_rights_to_write[name] if {
	some name, case in {
		"the neighbour": ["arn:aws:s3:::raw/clinical/inbound/raw/corvid/st-102/*", set()],
		"another stage": ["arn:aws:s3:::raw/clinical/curated/*", set()],
		"the folder": ["arn:aws:s3:::raw/clinical/inbound/raw/corvid/st-101/*", {_at_raw}],
		"a day of it": ["arn:aws:s3:::raw/clinical/inbound/raw/corvid/st-101/2026*", {_at_raw}],
		"the vendor": ["arn:aws:s3:::raw/clinical/inbound/raw/corvid/*", {_at_raw}],
		"everything of the bucket": ["arn:aws:s3:::raw/*", {_at_raw}],
		"everything": ["*", {_at_raw, ["aws_s3_bucket.raw-copy", "policy", "fail", "aws_iam_role_policy.ingest"]}],
		"the inbox": ["arn:aws:s3:::inbox/*", set()],
		"the bucket for it": ["arn:aws:s3:::arms/*", set()],
	}
	_bad(_with_policies(_base, [_inbox_policy(_denial), _writing({"resources": [case[0]]})])) == case[1]
}

test_a_right_whose_resources_are_not_known_is_unknown if {
	found := _bad(_with_policies(_base, [_inbox_policy(_denial), _writing({"partial": true})]))
	found == {[address, "policy", "unknown", "resources of aws_iam_role_policy.ingest not known"] | some address in ["aws_s3_bucket.raw", "aws_s3_bucket.raw-copy"]}
}

test_a_bucket_policy_lets_somebody_write[type] if {
	some type in ["aws_s3_bucket_policy", "aws_s3_bucket"]
	of_raw := {
		"address": $"{type}.raw", "attribute": "policy", "use": "resource", "subjects": ["aws_s3_bucket.raw"],
		"statements": [fixture.statement({"actions": ["s3:putobject"], "resources": ["arn:aws:s3:::raw/*"], "principals": [{"type": "AWS", "value": "arn:aws:iam::111122223333:role/x"}]})],
	}
	plan := object.union(_base, {"resources": {"aws_s3_bucket_policy.raw": fixture.resource("aws_s3_bucket_policy", "raw", {})}})
	_bad(_with_policies(plan, [_inbox_policy(_denial), of_raw])) == {["aws_s3_bucket.raw", "policy", "fail", $"{type}.raw"]}
}

# ---- buckets and copies ---------------------------------------------------------------------------------------------

test_a_bucket_keeps_its_tag[name] if {
	was := {"tags": {"BucketRole": "record", "Blinding": "unblinded"}}
	some name, case in {
		"kept": [fixture.bucket("arms", {"tags": was.tags}), set()],
		"taken off": [fixture.bucket("arms", {"tags": {"BucketRole": "record"}}), {["aws_s3_bucket.arms", "tags", "fail", "no longer"]}],
		"called blinded": [fixture.bucket("arms", {"tags": {"BucketRole": "record", "Blinding": "blinded"}}), {["aws_s3_bucket.arms", "tags", "fail", "no longer"]}],
	}
	found := _bad(_replaced(object.union(case[0], {"before": was})))
	{one | some one in found; one[1] != "policy"} == case[1]
}

test_a_tag_that_is_not_known_any_more_is_unknown if {
	arms := fixture.unknown(fixture.bucket("arms", {"tags": {"BucketRole": "record", "Blinding": null}}), [["tags", "Blinding"]])
	found := _bad(_replaced(object.union(arms, {"before": {"tags": {"Blinding": "unblinded"}}})))
	{one | some one in found; one[1] != "policy"} == {["aws_s3_bucket.arms", "tags", "unknown", "known after apply"]}
}

test_a_copy_of_which_neither_side_is_known_is_unknown if {
	sides := [fixture.unknown(fixture.bucket(name, {"tags": {"BucketRole": role, "Blinding": null}}), [["tags", "Blinding"]]) | some name, role in {"arms": "record", "arms-copy": "replica"}]
	plan := object.union(_plan, {"resources": {fixture.address(one): one | some one in sides}})
	[_copying("arms"), "rule.destination.bucket", "unknown", "the tag Blinding of aws_s3_bucket.arms, aws_s3_bucket.arms-copy known after apply"] in _bad(object.union(plan, {"resources": {
		"aws_s3_bucket.arms": object.union(plan.resources["aws_s3_bucket.arms"], {"values": {"tags": {"BucketRole": "record"}}}),
	}}))
}

test_what_a_copy_should_be_is_said if {
	kinds := {[one.address, one.expected] | some one in blinding.answers with input as _plan; one.attribute == "rule.destination.bucket"}
	kinds == {[_copying("raw"), "a copy without the tag Blinding unblinded"], [_copying("arms"), "a copy with the tag Blinding unblinded"]}
}

# It may be either, so that what is written there may be neither.
test_a_bucket_whose_tag_is_not_known_may_hold_other_records if {
	arms := fixture.unknown(fixture.bucket("arms", {"tags": {"BucketRole": "record", "Blinding": null}}), [["tags", "Blinding"]])
	_bad(_replaced(arms)) == {
		["aws_s3_bucket.arms", "tags", "unknown", "known after apply"],
		["aws_s3_bucket.arms", "policy", "fail", "aws_iam_role_policy.ingest"],
		[_copying("arms"), "rule.destination.bucket", "unknown", "the tag Blinding of aws_s3_bucket.arms known after apply"],
	}
}

test_copies_are_not_swapped if {
	swapped := [_replication("raw", "arms-copy"), _replication("arms", "raw-copy")]
	plan := object.union(_plan, {"resources": {fixture.address(one): one | some one in swapped}})
	_bad(plan) == {
		[_copying("raw"), "rule.destination.bucket", "fail", "aws_s3_bucket.arms-copy"],
		[_copying("arms"), "rule.destination.bucket", "fail", "aws_s3_bucket.raw-copy"],
	}
}

test_a_copy_has_the_tag_as_well if {
	_bad(_replaced(fixture.tagged_bucket("arms-copy", "replica"))) == {[_copying("arms"), "rule.destination.bucket", "fail", "aws_s3_bucket.arms-copy"]}
}

# ---- the plan -------------------------------------------------------------------------------------------------------

_bad(plan) := {[one.address, one.attribute, one.status, one.actual] |
	some one in blinding.answers with input as plan
	one.status != "pass"
}

_with_folders(plan, folders) := object.union(plan, {"settings": {"unblinded": folders}})

_with_policies(plan, policies) := fixture.with_policies(plan, array.concat(policies, [_trust(_service)]))

_replaced(of) := object.union(object.remove(_plan, ["resources", "byType"]), {
	"resources": object.union(object.remove(_plan.resources, [fixture.address(of)]), {fixture.address(of): of}),
	"byType": _plan.byType,
})

_plan := _with_policies(_base, [_inbox_policy(_denial), _promotion])

_lambda(name) := fixture.resource("aws_lambda_function", name, {"function_name": name, "role": "arn:aws:iam::111122223333:role/ingest", "tags": {"Part11Role": "ingest"}})

_trust(who) := {
	"address": "aws_iam_role.ingest", "attribute": "assume_role_policy", "use": "trust", "subjects": ["aws_iam_role.ingest"],
	"statements": [fixture.statement({"actions": ["sts:assumerole"], "principals": who})],
}

_service := [{"type": "Service", "value": "lambda.amazonaws.com"}]

_both_programs := array.concat(_service, [{"type": "Service", "value": "ecs-tasks.amazonaws.com"}])

_task(name, role) := _task_of(name, role, [_container])

_task_of(name, role, containers) := fixture.resource("aws_ecs_task_definition", name, {
	"task_role_arn": role,
	"family": name,
	"container_definitions": json.marshal(containers),
})

_container := {"name": "worker", "image": "111122223333.dkr.ecr.eu-central-1.amazonaws.com/worker@sha256:0"}

_running(container) := [_lambda("ingest"), _task_of("t", _role_arn, [object.union(_container, container)])]

_role_arn := "arn:aws:iam::111122223333:role/ingest"

_base := _with_folders(
	fixture.plan([
		fixture.tagged_bucket("inbox", "inbox"),
		fixture.tagged_bucket("raw", "record"),
		fixture.bucket("arms", {"tags": {"BucketRole": "record", "Blinding": "unblinded"}}),
		fixture.tagged_bucket("raw-copy", "replica"),
		fixture.bucket("arms-copy", {"tags": {"BucketRole": "replica", "Blinding": "unblinded"}}),
		_replication("raw", "raw-copy"),
		_replication("arms", "arms-copy"),
		_table,
		fixture.resource("aws_dynamodb_table", "other", {"name": "other"}),
		_row(_arms("unblinded")),
		fixture.resource("aws_dynamodb_table_item", "others", {"table_name": "deliveries", "item": _item({"vendor": "acme", "study": "st-101", "blinding": "blinded"})}),
		fixture.resource("aws_iam_role", "ingest", {"name": "ingest", "path": "/", "tags": {"Part11Role": "ingest"}}),
		_lambda("ingest"),
		fixture.resource("aws_iam_role", "inspector", {"name": "inspector", "path": "/"}),
	]),
	["corvid/st-101"],
)

_table := fixture.resource("aws_dynamodb_table", "deliveries", {"name": "deliveries", "tags": {"Part11Role": "deliveries"}})

_arms(blinding) := {"vendor": "corvid", "study": "st-101", "blinding": blinding}

_item(delivery) := json.marshal({"pk": {"S": "deliveries"}, "delivery": {"S": json.marshal(delivery)}})

_row(delivery) := _row_of(_item(delivery))

_row_of(item) := fixture.referring(
	fixture.resource("aws_dynamodb_table_item", "arms", {"item": item}),
	{"table_name": ["aws_dynamodb_table.deliveries"]},
)

_dark_row := ["aws_dynamodb_table_item.arms", "item", "unknown", "not readable before apply"]

_no_row := ["plan", "item", "fail", "none"]

_at_raw := ["aws_s3_bucket.raw", "policy", "fail", "aws_iam_role_policy.ingest"]

_copying(source) := $"aws_s3_bucket_replication_configuration.{source}"

_replication(source, copy) := fixture.part("aws_s3_bucket_replication_configuration", source, source, {"rule": [{
	"status": "Enabled",
	"destination": [{"bucket": $"arn:aws:s3:::{copy}"}],
}]})

_denial := {
	"effect": "Deny",
	"principals": [{"type": "*", "value": "*"}],
	"actions": ["s3:getobject", "s3:getobjectversion"],
	"resources": ["arn:aws:s3:::inbox/clinical/inbound/raw/corvid/st-101/*", "arn:aws:s3:::inbox/clinical/inbound/test/corvid/*"],
	"conditions": [_but(["arn:aws:iam::111122223333:role/ingest"])],
}

_but(roles) := {"operator": "ArnNotEquals", "key": "aws:principalarn", "values": roles}

_scanner := "arn:aws:iam::111122223333:role/house-scan"

_inbox_policy(said) := {
	"address": "aws_s3_bucket_policy.inbox", "attribute": "policy", "use": "resource", "subjects": ["aws_s3_bucket.inbox"],
	"statements": [fixture.statement(said)],
}

_promotion := _writing({"resources": ["arn:aws:s3:::raw/clinical/inbound/raw/acme/*", "arn:aws:s3:::arms/clinical/inbound/raw/*"]})

_writing(said) := {
	"address": "aws_iam_role_policy.ingest", "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.ingest"],
	"statements": [fixture.statement(object.union({"actions": ["s3:putobject"]}, said))],
}
