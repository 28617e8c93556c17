# SPDX-License-Identifier: Apache-2.0

package lib.blinding_notices_test

import data.lib.blinding
import data.lib.fixture

test_notifications_straight_to_a_topic[name] if {
	topic := {"topic": [{"topic_arn": "arn:aws:sns:eu-west-1:111122223333:t", "events": ["s3:ObjectCreated:*"]}]}
	some name, case in {
		"of unblinded records": ["arms", topic, [], {["aws_s3_bucket_notification.n", "topic", "fail", "topic"]}],
		"of the inbox": ["inbox", topic, [], {["aws_s3_bucket_notification.n", "topic", "fail", "topic"]}],
		"of other records": ["raw", topic, [], set()],
		"to a queue": ["arms", {"queue": [{"queue_arn": "arn:aws:sqs:eu-west-1:111122223333:q"}], "topic": []}, [], set()],
		"not known": ["arms", {}, [["topic"]], {["aws_s3_bucket_notification.n", "topic", "unknown", "known after apply"]}],
	}
	part := fixture.unknown(fixture.part("aws_s3_bucket_notification", "n", case[0], case[1]), case[2])
	_found([part]) == case[3]
}

test_an_inbox_without_unblinded_folders_may_tell_a_topic if {
	part := fixture.part("aws_s3_bucket_notification", "n", "inbox", {"topic": [{"topic_arn": "arn:t"}]})
	plan := fixture.with_settings(fixture.plan([fixture.tagged_bucket("inbox", "inbox"), part]), {"unblinded": []})
	blinding.answers == set() with input as plan
}

test_rules_straight_to_a_topic[name] if {
	some name, case in {
		"objects of unblinded records": [_of_s3(["arms"]), "fail"],
		"objects of the inbox": [_of_s3(["raw", "inbox"]), "fail"],
		"objects of other records": [_of_s3(["raw"]), null],
		"objects by prefix of a bucket": [_of_s3([{"prefix": "ar"}]), "fail"],
		"objects by a matcher that is not understood": [_of_s3([{"anything-but": "raw"}]), "fail"],
		"objects by reference": [_of_s3(["${aws_s3_bucket.arms.id}"]), "fail"],
		"objects of every bucket": [{"source": ["aws.s3"]}, "fail"],
		"objects that are deleted": [{"source": ["aws.s3"], "detail-type": ["Object Deleted"]}, "fail"],
		"uploads": [{"source": ["aws.transfer"]}, "fail"],
		"calls of S3": [{"source": ["aws.s3"], "detail-type": ["AWS API Call via CloudTrail"]}, null],
		"something else": [{"source": ["aws.securityhub"]}, null],
		"some account": [{"source": ["aws.s3"], "account": ["111122223333"]}, "unknown"],
	}
	rule := fixture.written(fixture.resource("aws_cloudwatch_event_rule", "r", {}), "event_pattern", json.marshal(case[0]))
	{one[2] | some one in _found([rule, _target({"arn": "arn:aws:sns:eu-west-1:111122223333:t"})])} == {case[1]} - {null}
}

test_targets[name] if {
	some name, case in {
		"a topic by ARN": [_target({"arn": "arn:aws:sns:eu-west-1:111122223333:t"}), {["aws_cloudwatch_event_target.t", "arn", "fail", "told by aws_cloudwatch_event_rule.r"]}],
		"a topic by reference": [object.union(_target({}), {"refs": {"arn": [{"address": "aws_sns_topic.t", "attribute": "arn", "ambiguous": false}]}}), {["aws_cloudwatch_event_target.t", "arn", "fail", "told by aws_cloudwatch_event_rule.r"]}],
		"a queue": [_target({"arn": "arn:aws:sqs:eu-west-1:111122223333:q"}), set()],
	}
	_found([_rule({}), case[0], fixture.resource("aws_sns_topic", "t", {})]) == case[1]
}

test_a_rule_that_is_off_tells_nobody if {
	_found([_rule({"state": "DISABLED"}), _target({"arn": "arn:aws:sns:eu-west-1:111122223333:t"})]) == set()
}

_rule(values) := fixture.resource("aws_cloudwatch_event_rule", "r", object.union({"event_pattern": json.marshal(_of_s3(["arms"]))}, values))

_of_s3(names) := {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": {"bucket": {"name": names}}}

_target(values) := fixture.referring(fixture.resource("aws_cloudwatch_event_target", "t", values), {"rule": ["aws_cloudwatch_event_rule.r"]})

_found(resources) := {[one.address, one.attribute, one.status, one.actual] |
	some one in blinding.answers with input as _plan(resources)
	one.status != "pass"
	one.attribute in {"arn", "topic"}
}

_plan(resources) := fixture.with_settings(
	fixture.plan(array.concat(
		[
			fixture.tagged_bucket("raw", "record"),
			fixture.tagged_bucket("inbox", "inbox"),
			fixture.bucket("arms", {"tags": {"BucketRole": "record", "Blinding": "unblinded"}}),
		],
		resources,
	)),
	{"unblinded": ["corvid/st-101"]},
)

test_one_unblinded_bucket_is_enough if {
	resources := [
		fixture.bucket("arms", {"tags": {"BucketRole": "record", "Blinding": "unblinded"}}),
		_rule({}),
		_target({"arn": "arn:aws:sns:eu-west-1:111122223333:t"}),
	]
	found := {one.status | some one in blinding.answers with input as fixture.plan(resources); one.attribute == "arn"}
	found == {"fail"}
}
