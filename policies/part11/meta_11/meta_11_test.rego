# SPDX-License-Identifier: Apache-2.0

package part11.meta_11_test

import data.lib.fixture
import data.part11.meta_11 as control

test_types[name] if {
	some name, case in {
		"types that controls read pass": {"type": "aws_s3_bucket", "want": {["plan", "pass"]}},
		"harmless types pass": {"type": "aws_cloudwatch_dashboard", "want": {["plan", "pass"]}},
		"types with the same effect fail, each resource": {"type": "aws_kms_grant", "want": {["aws_kms_grant.x", "fail"]}},
		"a provider of sign-ins fails": {"type": "aws_iam_saml_provider", "want": {["aws_iam_saml_provider.x", "fail"]}},
		"policies given by a list of their own fail": {"type": "aws_iam_role_policy_attachments_exclusive", "want": {["aws_iam_role_policy_attachments_exclusive.x", "fail"]}},
		"Cloud Control fails": {"type": "awscc_s3_bucket", "want": {["awscc_s3_bucket.x", "fail"]}},
		"types that nobody has looked at are unknown": {"type": "aws_quicksight_dashboard", "want": {["plan", "unknown"]}},
	}
	plan := fixture.plan([fixture.resource(case.type, "x", {})])
	{[found.address, found.status] | some found in control.answers} == case.want with input as plan
	{found.attribute | some found in control.answers} == {"type"} with input as plan
}

test_rows_that_a_plan_writes[name] if {
	some name, case in {
		"who may log in": ["identity-provider", "table_name", "pass"],
		"a ledger's": ["ledger", "table_name", "fail"],
		"of a table that nothing refers to": ["identity-provider", "other", "fail"],
	}
	row := fixture.referring(fixture.resource("aws_dynamodb_table_item", "row", {}), {case[1]: ["aws_dynamodb_table.t"]})
	table := fixture.resource("aws_dynamodb_table", "t", {"tags": {"Part11Role": case[0]}})
	{found.status | some found in control.answers} == {case[2]} with input as fixture.plan([row, table])
}

test_a_row_of_a_table_without_a_tag_fails if {
	row := fixture.referring(fixture.resource("aws_dynamodb_table_item", "row", {}), {"table_name": ["aws_dynamodb_table.t"]})
	plan := fixture.plan([row, fixture.resource("aws_dynamodb_table", "t", {})])
	{found.status | some found in control.answers} == {"fail"} with input as plan
}

test_a_row_of_a_table_that_is_not_known_for_sure_fails if {
	row := fixture.ambiguously_referring(fixture.resource("aws_dynamodb_table_item", "row", {}), {"table_name": ["aws_dynamodb_table.t"]})
	plan := fixture.plan([row, fixture.resource("aws_dynamodb_table", "t", {"tags": {"Part11Role": "identity-provider"}})])
	{found.status | some found in control.answers} == {"fail"} with input as plan
}

test_a_type_is_named_once if {
	plan := fixture.plan([fixture.resource("aws_quicksight_dashboard", name, {}) | some name in ["x", "y"]])
	{found.actual | some found in control.answers} == {"aws_quicksight_dashboard (2) is read by no control"} with input as plan
}

test_what_does_the_same_is_grave if {
	{found.severity | some found in control.answers} == {"high"} with input as fixture.plan([fixture.resource("aws_kms_grant", "x", {})])
}

test_a_deleted_one_does_nothing if {
	plan := fixture.plan([fixture.deleted(fixture.resource("aws_kms_grant", "x", {}))])
	{found.status | some found in control.answers} == {"pass"} with input as plan
}

test_objects_that_a_plan_writes[name] if {
	some name, case in {
		"into a bucket of records": [_object("aws_s3_object", {"bucket": "raw"}), ["fail", "aws_s3_bucket.raw"]],
		"into a bucket of records, as it was written once": [_object("aws_s3_bucket_object", {"bucket": "raw"}), ["fail", "aws_s3_bucket.raw"]],
		"into a bucket of records, by reference": [
			fixture.referring(fixture.unknown(_object("aws_s3_object", {}), [["bucket"]]), {"bucket": ["aws_s3_bucket.raw"]}),
			["fail", "aws_s3_bucket.raw"],
		],
		"into one of several buckets": [
			fixture.ambiguously_referring(fixture.unknown(_object("aws_s3_object", {}), [["bucket"]]), {"bucket": ["aws_s3_bucket.raw"]}),
			["unknown", "perhaps aws_s3_bucket.raw"],
		],
		"a copy into a bucket of records": [_object("aws_s3_object_copy", {"bucket": "raw", "source": "code/a"}), ["fail", "aws_s3_bucket.raw"]],
		"a copy of a record": [_object("aws_s3_object_copy", {"bucket": "code", "source": "raw/a"}), ["fail", "aws_s3_bucket.raw"]],
		"a copy of code": [_object("aws_s3_object_copy", {"bucket": "code", "source": "built/a"}), ["pass", "3 types"]],
		"code": [_object("aws_s3_object", {"bucket": "code"}), ["pass", "3 types"]],
	}
	harmless := fixture.resource("aws_athena_named_query", "q", {})
	plan := fixture.plan([case[0], harmless, fixture.tagged_bucket("raw", "record"), fixture.bucket("code", {})])
	{[found.status, found.actual] | some found in control.answers} == {case[1]} with input as plan
}

test_state_machines_that_write_objects[name] if {
	some name, case in {
		"a call that writes, with the right": [_machine(_writing), [_put], ["fail", "aws-sdk:s3:putObject"]],
		"a call that writes, without the right": [_machine(_writing), [], ["pass", "3 types"]],
		"a call that writes, with rights not known": [_machine(_writing), [object.union(_put, {"actions": [], "partial": true})], ["unknown", "aws-sdk:s3:putObject, by a role whose rights are not known"]],
		"a call that reads, with the right": [_machine(_reading), [_put], ["pass", "3 types"]],
		"functions alone, with the right": [_machine(`{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:1:function:f"}}}`), [_put], ["pass", "3 types"]],
		"not readable, with the right": [fixture.unknown(_machine(null), [["definition"]]), [_put], ["unknown", "not readable, and its role may write records"]],
		"not readable, with rights on other buckets": [fixture.unknown(_machine(null), [["definition"]]), [object.union(_put, {"resources": ["arn:aws:s3:::code/*"]})], ["pass", "3 types"]],
		"not readable, without rights": [fixture.unknown(_machine(null), [["definition"]]), [], ["pass", "3 types"]],
		"by a role that is elsewhere": [
			object.union(_machine(_writing), {"values": {"definition": _writing, "role_arn": "arn:aws:iam::111122223333:role/other"}}),
			[_put],
			["unknown", "aws-sdk:s3:putObject, by a role whose rights are not known"],
		],
	}
	plan := fixture.with_policies(
		fixture.plan([case[0], fixture.resource("aws_iam_role", "r", {"name": "r"}), fixture.tagged_bucket("raw", "record")]),
		[{"address": "aws_iam_role_policy.r", "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.r"], "statements": case[1]}],
	)
	{[found.status, found.actual] | some found in control.answers} == {case[2]} with input as plan
}

test_a_record_is_whatever_its_bucket_keeps[role] if {
	some role, more in {"record": [], "inbox": [], "audit": [], "replica": [fixture.copying_to("raw")]}
	plan := fixture.plan(array.concat([_object("aws_s3_object", {"bucket": "raw"}), fixture.tagged_bucket("raw", role)], more))
	{[found.status, found.severity] | some found in control.answers} == {["fail", "high"]} with input as plan
}

test_what_a_state_machine_may_is_grave_where_it_is_defined[name] if {
	some name, case in {
		"calls, by a role that is referred to": [_referring(_writing), _put, "fail"],
		"calls, with rights not known": [_machine(_writing), object.union(_put, {"actions": [], "partial": true}), "unknown"],
		"not readable, with a right to delete": [_dark, object.union(_put, {"actions": ["s3:deleteobject"]}), "unknown"],
		"not readable, with a right to delete versions": [_dark, object.union(_put, {"actions": ["s3:deleteobjectversion"]}), "unknown"],
	}
	plan := fixture.with_policies(
		fixture.plan([case[0], fixture.resource("aws_iam_role", "r", {"name": "r"}), fixture.tagged_bucket("raw", "record")]),
		[{"address": "aws_iam_role_policy.r", "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.r"], "statements": [case[1]]}],
	)
	{[found.attribute, found.status, found.severity] | some found in control.answers} == {["definition", case[2], "high"]} with input as plan
}

_dark := fixture.unknown(_machine(null), [["definition"]])

_referring(definition) := fixture.referring(
	fixture.unknown(fixture.resource("aws_sfn_state_machine", "m", {"definition": definition}), [["role_arn"]]),
	{"role_arn": ["aws_iam_role.r"]},
)

_object(type, values) := fixture.resource(type, "x", values)

_machine(definition) := fixture.resource("aws_sfn_state_machine", "m", {"definition": definition, "role_arn": "arn:aws:iam::111122223333:role/r"})

_writing := `{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:putObject", "End": true}}}`

_reading := `{"StartAt": "A", "States": {"A": {"Type": "Task", "Resource": "arn:aws:states:::aws-sdk:s3:getObject", "End": true}}}`

_put := fixture.statement({"actions": ["s3:putobject"], "resources": ["arn:aws:s3:::raw/*"]})
