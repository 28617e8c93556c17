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
	some type in ["aws_s3_bucket", "aws_kms_key", "aws_dynamodb_table", "aws_cloudtrail"]
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

test_other_types_are_not_applicable if {
	plan := fixture.plan([fixture.deleted(fixture.resource("aws_sns_topic", "x", {}))])
	control.answers == set() with input as plan
	control.not_applicable == "no record-bearing resource in the plan" with input as plan
}
