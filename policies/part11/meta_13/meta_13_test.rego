# SPDX-License-Identifier: Apache-2.0

package part11.meta_13_test

import data.lib.fixture
import data.part11.meta_13 as control

test_lifecycle[name] if {
	some name, case in {
		"nothing ignored passes": {"lifecycle": {"preventDestroy": true, "ignoreChanges": []}, "want": ["pass", "none"]},
		"one attribute ignored fails": {"lifecycle": {"preventDestroy": true, "ignoreChanges": ["policy"]}, "want": ["fail", "policy"]},
		"everything ignored fails": {"lifecycle": {"preventDestroy": true, "ignoreChanges": ["all"]}, "want": ["fail", "all"]},
		"without a synth it is unknown": {"lifecycle": null, "want": ["unknown", "not known without --synth"]},
	}
	plan := fixture.plan([object.union(fixture.bucket("raw", {}), {"lifecycle": case.lifecycle})])
	{[found.status, found.actual] | some found in control.answers} == {case.want} with input as plan
	{found.attribute | some found in control.answers} == {"lifecycle.ignore_changes"} with input as plan
}

test_other_types_that_controls_read[name] if {
	some name, case in {
		"nothing ignored": [_function([]), {["plan", "pass", "1 resources"]}],
		"what no control reads": [_function(["memory_size"]), {["plan", "pass", "1 resources"]}],
		"code": [_function(["memory_size", "source_code_hash"]), {["aws_lambda_function.f", "fail", "source_code_hash"]}],
		"a part of an attribute": [_function(["environment[0].variables"]), {["aws_lambda_function.f", "fail", "environment[0].variables"]}],
		"everything": [_function(["all"]), {["aws_lambda_function.f", "fail", "all"]}],
		"tags": [_function(["tags"]), {["plan", "pass", "1 resources"]}],
		"without a synth": [object.union(_function([]), {"lifecycle": null}), {["plan", "unknown", "not known without --synth"]}],
		"a part of a block": [_function(["environment.variables"]), {["aws_lambda_function.f", "fail", "environment.variables"]}],
	}
	{[found.address, found.status, found.actual] | some found in control.answers} == case[1] with input as fixture.plan([case[0]])
}

test_without_a_synth_resources_that_bear_records_say_so if {
	plan := fixture.plan([
		object.union(_function([]), {"lifecycle": null}),
		object.union(fixture.bucket("raw", {}), {"lifecycle": null}),
	])
	[[found.address, found.status] | some found in control.answers] == [["aws_s3_bucket.raw", "unknown"]] with input as plan
}

test_types_that_no_control_reads_are_not_judged if {
	plan := fixture.plan([object.union(fixture.resource("aws_athena_named_query", "q", {}), {"lifecycle": {"preventDestroy": false, "ignoreChanges": ["all"]}})])
	control.answers == set() with input as plan
}

test_the_old_blocks_of_a_bucket_are_the_buckets if {
	address := "aws_s3_bucket.raw (inline versioning)"
	plan := json.patch(fixture.plan([fixture.bucket("raw", {})]), [
		{"op": "add", "path": ["resources", address], "value": fixture.resource("aws_s3_bucket_versioning", "raw", {})},
		{"op": "add", "path": ["byType", "aws_s3_bucket_versioning"], "value": [address]},
	])
	[found.address | some found in control.answers] == ["aws_s3_bucket.raw"] with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no resource that a control reads in the plan": fixture.plan([]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.bucket("raw", {})]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_function(ignored) := object.union(
	fixture.resource("aws_lambda_function", "f", {}),
	{"lifecycle": {"preventDestroy": false, "ignoreChanges": ignored}},
)
