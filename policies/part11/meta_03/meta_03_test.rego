# SPDX-License-Identifier: Apache-2.0

package part11.meta_03_test

import data.lib.answer
import data.lib.fixture
import data.part11.meta_03 as control

test_answers[name] if {
	some name, case in {
		"create": {"actions": ["create"], "status": "pass"},
		"update in place": {"actions": ["update"], "status": "pass"},
		"no change": {"actions": ["no-op"], "status": "pass"},
		"destroy": {"actions": ["delete"], "status": "fail"},
		"replace, destroy first": {"actions": ["delete", "create"], "status": "fail"},
		"replace, create first": {"actions": ["create", "delete"], "status": "fail"},
		"forget": {"actions": ["forget"], "status": "fail"},
		"replace, forgetting the old": {"actions": ["create", "forget"], "status": "fail"},
	}
	some type in [
		"aws_s3_bucket", "aws_kms_key", "aws_kms_replica_key", "aws_dynamodb_table", "aws_cloudtrail",
		"aws_cognito_user_pool", "aws_transfer_server",
	]
	changed := object.union(fixture.resource(type, "x", {}), {"actions": case.actions})
	expected := "neither delete nor forget"
	want := {"address": $"{type}.x", "attribute": "actions", "status": case.status, "expected": expected, "actual": concat(", ", case.actions)}
	control.answers == {want} with input as fixture.plan([changed])
}

test_a_deposed_object_that_is_deleted_fails if {
	deposed := object.union(fixture.bucket("raw", {}), {"actions": ["delete"], "deposed": "a1b2"})
	control.answers == {answer.failed("aws_s3_bucket.raw", "actions", "neither delete nor forget", "delete")} with input as fixture.plan([deposed])
}

test_every_environment_is_judged[environment] if {
	some environment in ["production", "qualification", "development"]
	plan := fixture.in_environment(fixture.plan([fixture.deleted(fixture.bucket("raw", {}))]), environment)
	count(control.answers) == 1 with input as plan
}

test_carriers_with_a_role_are_judged[name] if {
	some name, case in {
		"of a role": [{"tags": {"Part11Role": "ingest"}}, true],
		"of a role by the merged tags": [{"tags_all": {"Part11Role": "ingest"}}, true],
		"of no role": [{"tags": {"Name": "mail"}}, false],
	}
	some type in ["aws_sqs_queue"]
	some plan in [
		fixture.plan([fixture.deleted(fixture.resource(type, "x", case[0]))]),
		fixture.plan([object.union(fixture.resource(type, "x", case[0]), {"actions": ["delete", "create"]})]),
	]
	found := {found.status | some found in control.answers} with input as plan
	found == {"fail" | case[1]}
}

test_the_old_blocks_of_a_bucket_go_with_the_bucket if {
	address := "aws_s3_bucket.raw (inline versioning)"
	plan := json.patch(fixture.plan([fixture.bucket("raw", {})]), [
		{"op": "add", "path": ["resources", address], "value": fixture.resource("aws_s3_bucket_versioning", "raw", {})},
		{"op": "add", "path": ["byType", "aws_s3_bucket_versioning"], "value": [address]},
	])
	[found.address | some found in control.answers] == ["aws_s3_bucket.raw"] with input as plan
}

test_other_types_are_not_applicable if {
	plan := fixture.plan([fixture.deleted(fixture.resource("aws_sns_topic", "x", {}))])
	control.answers == set() with input as plan
	control.not_applicable == "no record-bearing resource in the plan" with input as plan
}

test_drift[name] if {
	some name, case in {
		"that the plan undoes fails": {"entry": {"actions": ["update"], "undone": ["rule"]}, "status": "fail", "actual": "changed: rule"},
		"of several attributes fails": {"entry": {"actions": ["update"], "undone": ["a", "b"]}, "status": "fail", "actual": "changed: a, b"},
		"that deleted it fails": {"entry": {"actions": ["delete"], "undone": null}, "status": "fail", "actual": "deleted"},
		"that is not told is unknown": {"entry": {"actions": ["update"], "undone": null}, "status": "unknown", "actual": "not told what was changed"},
	}
	some lock in [_lock, fixture.deleted(_lock)]
	found := {answer | some answer in control.answers; answer.attribute == "drift"} with input as _found(fixture.plan([lock]), case.entry)
	found == {{
		"address": "aws_s3_bucket_object_lock_configuration.raw",
		"attribute": "drift",
		"status": case.status,
		"expected": "nothing changed outside of Terraform",
		"actual": case.actual,
	}}
}

test_drift_of_what_is_in_no_plan_any_more_fails if {
	found := {answer.actual | some answer in control.answers} with input as _found(fixture.plan([]), {"actions": ["delete"], "undone": null})
	found == {"deleted"}
}

test_drift_that_the_plan_keeps_says_nothing[name] if {
	some name, entry in {
		"kept": {"actions": ["update"], "undone": []},
		"moved": {"actions": ["no-op"], "undone": null},
	}
	found := {answer.attribute | some answer in control.answers} with input as _found(fixture.plan([_lock]), entry)
	found == {"actions"}
}

test_drift_of_other_types_says_nothing if {
	plan := object.union(fixture.plan([]), {"drift": [{"address": "aws_instance.x", "type": "aws_instance", "actions": ["delete"], "undone": null}]})
	control.answers == set() with input as plan
	control.not_applicable == "no record-bearing resource in the plan" with input as plan
}

_lock := fixture.resource("aws_s3_bucket_object_lock_configuration", "raw", {})

_found(plan, entry) := object.union(plan, {"drift": [object.union(entry, {
	"address": "aws_s3_bucket_object_lock_configuration.raw",
	"type": "aws_s3_bucket_object_lock_configuration",
})]})
