# SPDX-License-Identifier: Apache-2.0

package part11.p11_30_08_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_30_08 as control

test_a_task_into_one_folder_of_the_inbox_passes if {
	plan := _plan([], {})
	{[found.address, found.attribute, found.expected, found.actual] | some found in control.answers; found.status == "pass"} == _sound with input as plan
	count(control.answers) == count(_sound) with input as plan
	not control.not_applicable with input as plan
}

test_what_is_sound_too[name] if {
	some name, case in {
		"all of source and folder compared": [[_task({"verify_mode": "POINT_IN_TIME_CONSISTENT"})], {}],
		"errors logged, and no more": [[_task({"log_level": "BASIC"})], {}],
		"a folder without a slash at its end": [[_to({"subdirectory": "lab"})], {}],
		"a folder with an odd name": [[_to({"subdirectory": "/~lab~/"})], {"sync": [_put("~lab~/*")]}],
		"a bucket and its folder in one statement": [[], {"sync": [
			fixture.statement({"actions": ["s3:putobject", "s3:getobject", "s3:getbucketlocation"], "resources": [_in, $"{_in}/lab/*"]}),
			_list(["lab/*"]),
		]}],
		"a listing of exactly the folder": [[], {"sync": [_put("lab/*"), object.union(_list([]), {"conditions": [{"operator": "StringEquals", "key": "s3:prefix", "values": ["lab/"]}]})]}],
		"an action beyond that a Deny takes away everywhere": [[], {"sync": [_put("lab/*"), _allow("s3:deleteobject", "lab/*"), _deny("s3:deleteobject")]}],
		"a neighbour": [[], {"other": [_put("edc/*")]}],
		"a writer of a bucket that keeps no records": [[], {"other": [fixture.statement({"actions": ["s3:putobject"], "resources": ["arn:aws:s3:::code/*"]})]}],
		"a reader of the folder": [[], {"other": [_allow("s3:getobject", "lab/*")]}],
		"a deploy role": [[], {"deploy": [_put("*")]}],
		"a key of its own by an alias": [[_log({}, {"kms_key_id": ["aws_kms_alias.logs"]}), fixture.referring(fixture.resource("aws_kms_alias", "logs", {}), {"target_key_id": ["aws_kms_key.logs"]})], {}],
	}
	{found.status | some found in control.answers} == {"pass"} with input as _plan(case[0], case[1])
	count(control.answers) == count(_sound) with input as _plan(case[0], case[1])
}

# Case -> resources and policies that differ, and the one answer that is no pass.
test_what_breaks_it[name] if {
	some name, case in object.union(_tasks, object.union(_locations, _rights))
	bad := {[found.address, found.attribute, found.status, found.actual] |
		some found in control.answers
		found.status != "pass"
	} with input as _plan(case[0], case[1])
	bad == {case[2]}
}

_tasks := {
	"files deleted with the source": [[_task({"preserve_deleted_files": "REMOVE"})], {}, [_t, "options.preserve_deleted_files", "fail", "REMOVE"]],
	"deletions left to the service": [[_task({"preserve_deleted_files": null})], {}, [_t, "options.preserve_deleted_files", "fail", "not set"]],
	"deletions known after apply": [
		[fixture.unknown(_task({"preserve_deleted_files": null}), [["options", 0, "preserve_deleted_files"]])],
		{},
		[_t, "options.preserve_deleted_files", "unknown", "known after apply"],
	],
	"nothing compared": [[_task({"verify_mode": "NONE"})], {}, [_t, "options.verify_mode", "fail", "NONE"]],
	"nothing logged": [[_task({"log_level": "OFF"})], {}, [_t, "options.log_level", "fail", "OFF"]],
	"no log group": [[object.union(_task({}), {"values": {"cloudwatch_log_group_arn": null}, "refs": {"cloudwatch_log_group_arn": []}, "unknown": []})], {}, [_t, _group, "fail", "not set"]],
	"a log group of another plan": [
		[_tied({"cloudwatch_log_group_arn": []})],
		{},
		[_t, _group, "unknown", "a log group that the plan does not tell"],
	],
	"a log group that is taken away": [
		[fixture.deleted(_log({}, {}))],
		{},
		[_t, _group, "unknown", "a log group that the plan does not tell"],
	],
	"something else as log group": [
		[_tied({"cloudwatch_log_group_arn": ["aws_kms_key.logs"]})],
		{},
		[_t, _group, "unknown", "a log group that the plan does not tell"],
	],
	"a log group without a key": [
		[fixture.resource("aws_cloudwatch_log_group", "sync", {"name": "sync"})],
		{},
		[_t, _group, "fail", "aws_cloudwatch_log_group.sync, key not set"],
	],
	"a key of the log group that is not known": [
		[fixture.unknown(fixture.resource("aws_cloudwatch_log_group", "sync", {"name": "sync"}), [["kms_key_id"]])],
		{},
		[_t, _group, "unknown", "aws_cloudwatch_log_group.sync, key known after apply"],
	],
	"a source of another plan": [[_tied({"source_location_arn": []})], {}, [_t, "source_location_arn", "unknown", _untold]],
	"a source that is no location": [[_tied({"source_location_arn": ["aws_s3_bucket.in"]})], {}, [_t, "source_location_arn", "unknown", _untold]],
	"a source that is taken away": [
		[fixture.deleted(fixture.resource("aws_datasync_location_nfs", "from", {}))],
		{},
		[_t, "source_location_arn", "unknown", _untold],
	],
}

_locations := {
	"the whole bucket": [[_to({"subdirectory": "/"})], {"sync": [_put("*"), _list([""])]}, [_l, "subdirectory", "fail", "the whole bucket"]],
	"no folder at all": [[_to({"subdirectory": null})], {"sync": [_put("*")]}, [_l, "subdirectory", "fail", "the whole bucket"]],
	"another writer of the folder": [[], {"other": [_put("lab/*")]}, [_l, "subdirectory", "fail", "aws_iam_role.other in lab/"]],
	"another writer within the folder": [[], {"other": [_put("lab/2026/*")]}, [_l, "subdirectory", "fail", "aws_iam_role.other in lab/"]],
	"another writer around the folder": [[], {"other": [_put("*")]}, [_l, "subdirectory", "fail", "aws_iam_role.other in lab/"]],
	"an administrator": [
		[],
		{"other": {"origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/AdministratorAccess"}},
		[_l, "subdirectory", "fail", "aws_iam_role.other in lab/"],
	],
	"another role whose rights are not known": [[], {"other": {"origin": "unknown"}}, [_l, "subdirectory", "unknown", "rights of aws_iam_role.other not known"]],
	"a role of another plan": [
		[_joined({_role: []})],
		{"sync": []},
		[_l, _role, "unknown", "a role that the plan does not tell"],
	],
	"a role that is taken away": [
		[fixture.deleted(fixture.resource("aws_iam_role", "sync", {"name": "sync"}))],
		{},
		[_l, _role, "unknown", "a role that the plan does not tell"],
	],
	"something else as role": [[_joined({_role: ["aws_s3_bucket.in"]})], {"sync": []}, [_l, _role, "unknown", "a role that the plan does not tell"]],
}

_rights := {
	"no right to put": [[], {"sync": [_allow("s3:getobject", "lab/*")]}, [_l, _role, "fail", "may not put below lab/"]],
	"a right to put in a part of the folder": [[], {"sync": [_put("lab/2026/*")]}, [_l, _role, "fail", "may not put below lab/"]],
	"a right to delete": _beyond(_allow("s3:deleteobject", "lab/*"), "s3:deleteobject"),
	"a right past retention": _beyond(_allow("s3:bypassgovernanceretention", "lab/*"), "s3:bypassgovernanceretention"),
	"every action of S3": _beyond(_allow("s3:*", "lab/*"), "s3:*"),
	"everything but some actions": _beyond(
		fixture.statement({"notActions": ["s3:deleteobject"], "resources": [$"{_in}/lab/*"]}),
		"everything but some actions",
	),
	"reading of another folder": _beyond(_allow("s3:getobject", "edc/*"), "s3:getobject outside lab/"),
	"reading of a folder that begins alike": _beyond(_allow("s3:getobject", "lab*"), "s3:getobject outside lab/"),
	"reading of another bucket": _beyond(
		fixture.statement({"actions": ["s3:getobject"], "resources": ["arn:aws:s3:::code/lab/*"]}),
		"s3:getobject outside lab/",
	),
	"reading of every bucket": _beyond(fixture.statement({"actions": ["s3:getobject"], "resources": ["*"]}), "s3:getobject outside lab/"),
	"reading of all but one place": _beyond(
		fixture.statement({"actions": ["s3:getobject"], "notResources": [$"{_in}/edc/*"]}),
		"s3:getobject outside lab/",
	),
	"a listing of the whole bucket": _beyond(
		fixture.statement({"actions": ["s3:listbucket"], "resources": [_in]}),
		"s3:listbucket outside lab/",
	),
	"a listing of two folders": _beyond(_list(["lab/*", "edc/*"]), "s3:listbucket outside lab/"),
	"a listing of what begins alike": _beyond(_list(["lab*"]), "s3:listbucket outside lab/"),
	"a listing of no prefix": _beyond(_list([]), "s3:listbucket outside lab/"),
	"a listing that a condition on something else leaves open": _beyond(
		object.union(_list([]), {"conditions": [{"operator": "StringEquals", "key": "s3:delimiter", "values": ["lab/"]}]}),
		"s3:listbucket outside lab/",
	),
	"a listing of all but the folder": _beyond(
		object.union(_list([]), {"conditions": [{"operator": "StringNotLike", "key": "s3:prefix", "values": ["lab/*"]}]}),
		"s3:listbucket outside lab/",
	),
	"a policy of AWS": [
		[],
		{"sync": [_put("lab/*")], "managed": {"subjects": ["aws_iam_role.sync"], "origin": "aws-managed", "arn": "arn:aws:iam::aws:policy/SecurityAudit"}},
		[_l, _role, "fail", "arn:aws:iam::aws:policy/SecurityAudit"],
	],
	"rights by the bucket's policy": [
		[],
		{"bucket": {"use": "resource", "subjects": ["aws_s3_bucket.in"], "statements": [object.union(_allow("s3:deleteobject", "lab/*"), {"principals": [{"type": "AWS", "value": "arn:aws:iam::111122223333:role/sync"}]})]}},
		[_l, _role, "fail", "s3:deleteobject"],
	],
	"a role whose rights are not known": [[], {"sync": {"origin": "unknown"}}, [_l, _role, "unknown", "rights of aws_iam_role.sync not known"]],
}

test_a_place_that_may_be_a_bucket_is_not_known[name] if {
	some name, type in {
		"an object storage": "aws_datasync_location_object_storage",
		"a file system over a bucket": "aws_datasync_location_fsx_lustre_file_system",
		"a file system of another kind": "aws_datasync_location_fsx_openzfs_file_system",
		"another cloud": "aws_datasync_location_azure_blob",
	}
	some end in ["source_location_arn", "destination_location_arn"]
	place := $"{type}.x"
	plan := _plan([fixture.resource(type, "x", {}), _tied({end: [place]})], {})
	{[found.status, found.actual] | some found in control.answers; found.attribute == end} == {["unknown", $"a kind of place that may be a bucket: {place}"]} with input as plan
}

test_a_task_lands_in_no_bucket_of_records_itself if {
	plan := _plan([fixture.tagged_bucket("in", "record")], {})
	{found.status | some found in control.answers; found.attribute == "s3_bucket_arn"} == {"fail"} with input as plan
}

test_records_are_not_copied_out[name] if {
	some name, type in {
		"to a share": "aws_datasync_location_nfs",
		"to a Windows share": "aws_datasync_location_smb",
		"to a file system": "aws_datasync_location_efs",
		"to a file system of FSx": "aws_datasync_location_fsx_windows_file_system",
		"to another storage": "aws_datasync_location_object_storage",
		"to Hadoop": "aws_datasync_location_hdfs",
		"to another cloud": "aws_datasync_location_azure_blob",
		"to a bucket": "aws_datasync_location_s3",
	}
	some role in ["record", "inbox", "audit", "evidence", "replica"]
	plan := _plan(
		[
			_to({}),
			fixture.tagged_bucket("in", role),
			fixture.copying_to("in"),
			fixture.resource(type, "out", {"s3_bucket_arn": "arn:aws:s3:::code"}),
			_tied({"source_location_arn": [_l], "destination_location_arn": [$"{type}.out"]}),
		],
		{},
	)
	said := {[found.status, found.actual] | some found in control.answers; found.attribute == "source_location_arn"} with input as plan
	said == {["fail", "aws_s3_bucket.in"]}
}

test_what_is_copied_elsewhere_is_not_held_to_the_rules_of_records if {
	plan := _plan(
		[
			fixture.resource("aws_datasync_location_s3", "to", {"s3_bucket_arn": "arn:aws:s3:::code", "subdirectory": "/"}),
			_task({"preserve_deleted_files": "REMOVE", "verify_mode": "NONE", "log_level": "OFF"}),
		],
		{},
	)
	{[found.attribute, found.status] | some found in control.answers} == {
		["source_location_arn", "pass"],
		["destination_location_arn", "pass"],
		["s3_bucket_arn", "pass"],
	} with input as plan
}

test_only_buckets_that_receive_are_destinations[role] if {
	some role in ["audit", "evidence", "replica"]
	said := {[found.address, found.attribute, found.status, found.actual] |
		some found in control.answers
		found.status != "pass"
	} with input as _plan([fixture.tagged_bucket("in", role), fixture.copying_to("in")], {})
	said == {[_l, "s3_bucket_arn", "fail", "aws_s3_bucket.in"]}
}

test_a_task_that_fills_a_bucket_that_receives_nothing_is_held_to_its_rules_all_the_same if {
	plan := _plan([fixture.tagged_bucket("in", "audit"), _task({"verify_mode": "NONE"})], {})
	{found.attribute | some found in control.answers; found.status == "fail"} == {"s3_bucket_arn", "options.verify_mode"} with input as plan
}

test_a_destination_that_is_not_known_never_passes[name] if {
	some name, case in {
		"of another plan": [[_tied({"destination_location_arn": []})], {[_t, "unknown", _untold]}],
		"one of several": [
			[fixture.ambiguously_referring(_tied({}), {"destination_location_arn": [_l], "source_location_arn": [_l]})],
			{[_t, "unknown", _untold]},
		],
		"that is taken away": [[fixture.deleted(_to({}))], {[_t, "unknown", _untold]}],
		"a bucket of another plan": [
			[fixture.resource("aws_datasync_location_s3", "to", {"s3_bucket_arn": "arn:aws:s3:::elsewhere"})],
			{[_t, "unknown", $"a bucket that the plan does not tell: {_l}"], [_l, "unknown", "a bucket that the plan does not tell"]},
		],
		"a bucket known after apply": [
			[fixture.unknown(fixture.resource("aws_datasync_location_s3", "to", {}), [["s3_bucket_arn"]])],
			{[_t, "unknown", $"a bucket that the plan does not tell: {_l}"], [_l, "unknown", "a bucket that the plan does not tell"]},
		],
	}
	said := {[found.address, found.status, found.actual] |
		some found in control.answers
		found.attribute in {"destination_location_arn", "s3_bucket_arn"}
		found.status != "pass"
	} with input as _plan(case[0], {})
	said == case[1]
}

test_a_source_bucket_of_another_plan_never_passes if {
	plan := _plan(
		[
			fixture.resource("aws_datasync_location_s3", "theirs", {"s3_bucket_arn": "arn:aws:s3:::theirs"}),
			_tied({"source_location_arn": ["aws_datasync_location_s3.theirs"]}),
		],
		{},
	)
	said := {[found.status, found.actual] | some found in control.answers; found.attribute == "source_location_arn"} with input as plan
	said == {["unknown", "a bucket that the plan does not tell: aws_datasync_location_s3.theirs"]}
}

test_a_folder_known_after_apply_never_passes if {
	to := fixture.unknown(_to({"subdirectory": null}), [["subdirectory"]])
	said := {[found.attribute, found.status, found.actual] |
		some found in control.answers
		found.address == _l
		found.status != "pass"
	} with input as _plan([to], {})
	said == {
		["subdirectory", "unknown", "known after apply"],
		[_role, "unknown", "folder known after apply"],
	}
}

test_what_no_folder_makes_right[name] if {
	some name, case in {
		"another bucket": [fixture.statement({"actions": ["s3:getobject"], "resources": ["arn:aws:s3:::code/*"]}), "s3:getobject outside the bucket"],
		"a right to delete": [_allow("s3:deleteobject", "lab/*"), "s3:deleteobject"],
	}
	to := fixture.unknown(_to({"subdirectory": null}), [["subdirectory"]])
	said := {[found.status, found.actual] | some found in control.answers; found.attribute == _role} with input as _plan([to], {"sync": [case[0]]})
	said == {["fail", case[1]]}
}

test_of_several_log_groups_the_one_without_a_key_is_told if {
	open := fixture.resource("aws_cloudwatch_log_group", "open", {"name": "open"})
	plan := _plan([open, _tied({"cloudwatch_log_group_arn": ["aws_cloudwatch_log_group.sync", "aws_cloudwatch_log_group.open"]})], {})
	said := {found | some found in control.answers; found.attribute == _group} with input as plan
	said == {answer.failed(_t, _group, "a log group with its own key", "aws_cloudwatch_log_group.open, key not set")}
}

test_a_location_without_a_task_is_judged_all_the_same if {
	plan := fixture.with_policies(fixture.plan([_to({}), fixture.tagged_bucket("in", "inbox"), fixture.resource("aws_iam_role", "sync", {"name": "sync"})]), [])
	said := {[found.attribute, found.status] | some found in control.answers} with input as plan
	said == {["s3_bucket_arn", "pass"], ["subdirectory", "pass"], [_role, "fail"]}
}

test_a_task_without_a_location_of_a_bucket_is_judged_all_the_same if {
	plan := fixture.plan([
		fixture.resource("aws_datasync_location_nfs", "from", {}),
		_tied({"destination_location_arn": ["aws_datasync_location_nfs.from"]}),
	])
	said := {[found.attribute, found.status] | some found in control.answers} with input as plan
	said == {["source_location_arn", "pass"], ["destination_location_arn", "pass"]}
	not control.not_applicable with input as plan
}

test_nothing_of_datasync_is_not_applicable if {
	plan := fixture.plan([fixture.tagged_bucket("in", "inbox"), fixture.resource("aws_datasync_location_nfs", "from", {})])
	control.not_applicable == "no DataSync task, or location of a bucket, in the plan" with input as plan
	control.answers == set() with input as plan
}

_sound := {
	[_t, "source_location_arn", "no bucket of records", "aws_datasync_location_nfs.from"],
	[_t, "destination_location_arn", "a location of the plan", _l],
	[_t, "options.preserve_deleted_files", "PRESERVE", "PRESERVE"],
	[_t, "options.verify_mode", "ONLY_FILES_TRANSFERRED or POINT_IN_TIME_CONSISTENT", "ONLY_FILES_TRANSFERRED"],
	[_t, "options.log_level", "BASIC or TRANSFER", "TRANSFER"],
	[_t, _group, "a log group with its own key", "aws_cloudwatch_log_group.sync"],
	[_l, "s3_bucket_arn", "an inbox, or a bucket of no records", "aws_s3_bucket.in"],
	[_l, "subdirectory", "one folder in which no other role writes", "lab/"],
	[_l, _role, "putting, listing and reading back below the folder, and nothing else", "aws_iam_role.sync"],
}

_t := "aws_datasync_task.t"

_l := "aws_datasync_location_s3.to"

_group := "cloudwatch_log_group_arn"

_role := "s3_config.bucket_access_role_arn"

_in := "arn:aws:s3:::in"

_untold := "a location that the plan does not tell"

# A sound plan: what differs stands in the place of what it is called as.
_plan(resources, policies) := fixture.with_policies(
	fixture.with_settings(fixture.plan(_beside(resources)), {"deployRoleArns": ["arn:aws:iam::111122223333:role/deploy"]}),
	[_policy(name, said) | some name, said in object.union({"sync": [_put("lab/*"), _list(["lab/*"])]}, policies)],
)

# A resource stands whole in the place of the usual one: a union would leave what it lacks.
_beside(resources) := array.concat(resources, [of | some of in _usual; not _named(resources)[fixture.address(of)]])

_named(resources) := {fixture.address(of): true | some of in resources}

_usual := [
	_task({}),
	_to({}),
	fixture.resource("aws_datasync_location_nfs", "from", {}),
	fixture.tagged_bucket("in", "inbox"),
	fixture.bucket("code", {"tags": {"BucketRole": "other"}}),
	_log({}, {"kms_key_id": ["aws_kms_key.logs"]}),
	fixture.resource("aws_kms_key", "logs", {}),
	fixture.resource("aws_iam_role", "sync", {"name": "sync"}),
	fixture.resource("aws_iam_role", "other", {"name": "other"}),
	fixture.resource("aws_iam_role", "deploy", {"name": "deploy"}),
]

_task(options) := fixture.referring(
	fixture.unknown(
		fixture.resource("aws_datasync_task", "t", {"options": [object.union({"preserve_deleted_files": "PRESERVE", "verify_mode": "ONLY_FILES_TRANSFERRED", "log_level": "TRANSFER"}, options)]}),
		[["source_location_arn"], ["destination_location_arn"], [_group]],
	),
	{
		"source_location_arn": ["aws_datasync_location_nfs.from"],
		"destination_location_arn": [_l],
		_group: ["aws_cloudwatch_log_group.sync"],
	},
)

_tied(refs) := object.union(_task({}), {"refs": fixture.referring(_task({}), refs).refs})

_to(values) := _of_bucket(object.union({"subdirectory": "/lab/"}, values), {_role: ["aws_iam_role.sync"]})

_joined(refs) := _of_bucket({"subdirectory": "/lab/"}, refs)

_of_bucket(values, refs) := fixture.referring(
	fixture.unknown(fixture.resource("aws_datasync_location_s3", "to", values), [["s3_bucket_arn"], ["s3_config", 0, "bucket_access_role_arn"]]),
	object.union({"s3_bucket_arn": ["aws_s3_bucket.in"]}, refs),
)

_log(values, refs) := fixture.referring(
	fixture.unknown(fixture.resource("aws_cloudwatch_log_group", "sync", object.union({"name": "sync"}, values)), [["kms_key_id"]]),
	refs,
)

_beyond(said, text) := [[], {"sync": [_put("lab/*"), said]}, [_l, _role, "fail", text]]

_put(place) := _allow("s3:putobject", place)

_allow(action, place) := fixture.statement({"actions": [action], "resources": [$"{_in}/{place}"]})

_deny(action) := fixture.statement({"effect": "Deny", "actions": [action], "resources": ["*"]})

_list(prefixes) := fixture.statement({
	"actions": ["s3:listbucket"],
	"resources": [_in],
	"conditions": [{"operator": "StringLike", "key": "s3:prefix", "values": prefixes}],
})

_policy(name, said) := object.union(_identity(name), {"statements": said}) if is_array(said)

_policy(name, said) := object.union(object.union(_identity(name), {"statements": []}), said) if is_object(said)

_identity(name) := {
	"address": $"aws_iam_role_policy.{name}",
	"attribute": "policy",
	"use": "identity",
	"subjects": [$"aws_iam_role.{name}"],
}
