# SPDX-License-Identifier: Apache-2.0

package part11.p11_10a_09_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10a_09 as control

test_each_bucket_that_receives_records_is_judged[role] if {
	some role in ["record", "inbox"]
	plan := fixture.plan([fixture.tagged_bucket("raw", role)])
	control.answers == {answer.failed("aws_s3_bucket.raw", "eventbridge", _expected, "nothing is told of its objects")} with input as plan
	not control.not_applicable with input as plan
}

test_a_closed_way_passes if {
	plan := fixture.with_policies(
		fixture.plan([
			fixture.tagged_bucket("raw", "record"),
			fixture.part("aws_s3_bucket_notification", "raw", "raw", {"eventbridge": true}),
			fixture.resource("aws_cloudwatch_event_rule", "r", {"event_pattern": `{"source": ["aws.s3"], "detail-type": ["Object Created"]}`}),
			fixture.referring(
				fixture.resource("aws_cloudwatch_event_target", "t", {}),
				{"rule": ["aws_cloudwatch_event_rule.r"], "arn": ["aws_lambda_function.f"]},
			),
			fixture.resource("aws_lambda_function", "f", {}),
		]),
		[{
			"address": "aws_lambda_permission.p", "attribute": "policy", "use": "resource", "subjects": ["aws_lambda_function.f"],
			"statements": [fixture.statement({
				"principals": [{"type": "Service", "value": "events.amazonaws.com"}],
				"actions": ["lambda:invokefunction"],
			})],
		}],
	)
	control.answers == {answer.passed("aws_s3_bucket.raw", "eventbridge", _expected, "aws_lambda_function.f")} with input as plan
}

test_not_applicable if {
	plan := fixture.plan([fixture.tagged_bucket("logs", "access-log")])
	control.not_applicable == "no bucket that receives records in the plan" with input as plan
	control.answers == set() with input as plan
}

_expected := "a closed way to a function"
