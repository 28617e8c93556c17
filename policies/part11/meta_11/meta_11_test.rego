# SPDX-License-Identifier: Apache-2.0

package part11.meta_11_test

import data.lib.fixture
import data.part11.meta_11 as control

test_types[name] if {
	some name, case in {
		"types that controls read pass": {"type": "aws_s3_bucket", "want": {["plan", "pass"]}},
		"harmless types pass": {"type": "aws_cloudwatch_dashboard", "want": {["plan", "pass"]}},
		"types with the same effect fail, each resource": {"type": "aws_kms_grant", "want": {["aws_kms_grant.x", "fail"]}},
		"Cloud Control fails": {"type": "awscc_s3_bucket", "want": {["awscc_s3_bucket.x", "fail"]}},
		"types that nobody has looked at are unknown": {"type": "aws_quicksight_dashboard", "want": {["plan", "unknown"]}},
	}
	plan := fixture.plan([fixture.resource(case.type, "x", {})])
	{[found.address, found.status] | some found in control.answers} == case.want with input as plan
	{found.attribute | some found in control.answers} == {"type"} with input as plan
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
