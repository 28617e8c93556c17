# SPDX-License-Identifier: Apache-2.0

package part11.p11_300d_03_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_300d_03 as control

# ---- on the trail ---------------------------------------------------------------------------------------------------

test_a_closed_chain_passes_for_every_kind if {
	{[found.attribute, found.status] | some found in control.answers} == {[kind, "pass"] | some kind in _kinds} with input as _plan([_filter(_every_token)])
}

test_an_event_rule_counts_too if {
	{found.status | some found in control.answers} == {"pass"} with input as _by_rule(_every_token)
}

_by_rule(pattern) := plan if {
	rule := fixture.resource("aws_cloudwatch_event_rule", "r", {"event_pattern": pattern})
	target := fixture.referring(fixture.resource("aws_cloudwatch_event_target", "t", {"arn": "arn:t"}), {
		"rule": ["aws_cloudwatch_event_rule.r"],
		"arn": ["aws_sns_topic.t"],
	})
	plan := fixture.with_policies(_plan([rule, target]), [{
		"address": "aws_sns_topic_policy.t", "attribute": "policy", "use": "resource", "subjects": ["aws_sns_topic.t"],
		"statements": [fixture.statement({"principals": [{"type": "Service", "value": "events.amazonaws.com"}], "actions": ["sns:publish"]})],
	}])
}

test_nothing_listens if {
	{[found.address, found.attribute, found.status] | some found in control.answers} == {["plan", kind, "fail"] | some kind in _kinds} with input as fixture.plan([])
	answer.failed("plan", "denied-deletes", _on_trail, "nothing listens to DeleteObject with AccessDenied") in control.answers with input as fixture.plan([])
}

test_each_kind_is_judged_by_its_own_words[kind] if {
	some kind, token in {
		"denied-deletes": "AccessDenied",
		"key-changes": "ScheduleKeyDeletion",
		"lock-changes": "PutBucketVersioning",
		"policy-changes": "DeleteBucketPolicy",
		"root-use": "Root",
		"trail-changes": "StopLogging",
	}
	plan := _plan([_filter(replace(_every_token, token, "other"))])
	{found.attribute | some found in control.answers; found.status == "fail"} == {kind} with input as plan
}

test_words_that_a_pattern_leaves_out_do_not_count if {
	plan := _plan([_filter(replace(_every_token, "StopLogging", `($.eventName != "StopLogging")`))])
	{found.attribute | some found in control.answers; found.status == "fail"} == {"trail-changes"} with input as plan
}

test_a_pattern_that_can_never_match_does_not_count if {
	plan := _plan([_filter(concat("", [`{ ($.eventName = "StopLogging") && ($.eventName = "`, _every_token, `") }`]))])
	"trail-changes" in {found.attribute | some found in control.answers; found.status == "fail"} with input as plan
}

test_a_rule_that_can_never_match_does_not_count[name] if {
	some name, detail in {
		"two names": {"eventName": ["Other"], "note": [_every_token]},
		"anything but": {"eventName": [{"anything-but": ["StopLogging"]}], "note": [_every_token]},
	}
	plan := _by_rule(json.marshal({"detail": detail}))
	"trail-changes" in {found.attribute | some found in control.answers; found.status == "fail"} with input as plan
}

test_an_open_chain_fails_where_it_is if {
	plan := _plan([_filter(_every_token), object.union(_on("N", "M", {}), {"values": {"actions_enabled": false}})])
	fails := {found | some found in control.answers; found.attribute == "root-use"} with input as plan
	fails == {answer.failed("aws_cloudwatch_log_metric_filter.f", "root-use", _on_trail, "actions are switched off")}
}

test_a_pattern_not_known_is_unknown if {
	plan := _plan([fixture.unknown(_filter("x"), [["pattern"]])])
	answer.unknown("aws_cloudwatch_log_metric_filter.f", "root-use", _on_trail, "pattern known after apply") in control.answers with input as plan
}

# ---- on metrics -----------------------------------------------------------------------------------------------------

test_metrics[name] if {
	some name, case in {
		"replication failure": [_replicated, _on("AWS/S3", "OperationsFailedReplication", {"SourceBucket": "audit", "DestinationBucket": "copy", "RuleId": "all"}), "replication-failure", "pass"],
		"replication failure elsewhere": [
			_replicated,
			_on("AWS/S3", "OperationsFailedReplication", {"SourceBucket": "other"}),
			"replication-failure",
			"fail",
		],
		"replication latency": [_replicated, _on("AWS/S3", "ReplicationLatency", {"SourceBucket": "audit", "DestinationBucket": "copy", "RuleId": "all"}), "replication-latency", "pass"],
		"no replication latency": [_replicated, _on("AWS/S3", "OperationsFailedReplication", {"SourceBucket": "audit", "DestinationBucket": "copy", "RuleId": "all"}), "replication-latency", "fail"],
		"function errors": [[_function], _on("AWS/Lambda", "Errors", {"FunctionName": "f"}), "function-errors", "pass"],
		"no function errors": [[_function], _on("AWS/Lambda", "Invocations", {"FunctionName": "f"}), "function-errors", "fail"],
		"dead letters by reference": [
			[_queue("in", "{}", ["aws_sqs_queue.dead"]), _queue("dead", null, [])],
			_on("AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": "dead"}),
			"dead-letter-depth",
			"pass",
		],
		"dead letters by name": [
			[_queue("in", `{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:1:dead"}`, []), _queue("dead", null, [])],
			_on("AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": "dead"}),
			"dead-letter-depth",
			"pass",
		],
		"dead letters elsewhere": [
			[_queue("in", `{"deadLetterTargetArn":"arn:aws:sqs:eu-west-1:1:elsewhere"}`, [])],
			_on("AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": "dead"}),
			"dead-letter-depth",
			"fail",
		],
		"dead letters not known": [
			[fixture.unknown(_queue("in", null, []), [["redrive_policy"]])],
			_on("AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": "dead"}),
			"dead-letter-depth",
			"fail",
		],
		"volume of a bucket": [[_inbox, _metrics("arrivals", "inbox")], _band({"BucketName": "inbox", "FilterId": "arrivals"}), "unusual-volume", "pass"],
		"volume of a bucket by reference": [
			[_inbox, fixture.part("aws_s3_bucket_metric", "m", "inbox", {"name": "arrivals"})],
			_band({"BucketName": "inbox", "FilterId": "arrivals"}),
			"unusual-volume",
			"pass",
		],
		"volume nobody collects": [[_inbox], _band({"BucketName": "inbox", "FilterId": "arrivals"}), "unusual-volume", "fail"],
		"volume of another bucket collected": [
			[_inbox, _metrics("arrivals", "other")],
			_band({"BucketName": "inbox", "FilterId": "arrivals"}),
			"unusual-volume",
			"fail",
		],
		"volume without a filter": [[_inbox, _metrics("arrivals", "inbox")], _band({"BucketName": "inbox"}), "unusual-volume", "fail"],
		"volume against a fixed number": [[_inbox], _on("AWS/S3", "BytesUploaded", {"BucketName": "inbox"}), "unusual-volume", "fail"],
		"volume of a server": [
			[fixture.resource("aws_transfer_server", "s", {})],
			fixture.referring(
				fixture.resource("aws_cloudwatch_metric_alarm", "it", object.union(_acting, {"threshold_metric_id": "band", "metric_query": [
					{"id": "band", "expression": "ANOMALY_DETECTION_BAND(m, 2)"},
					{"id": "m", "metric": [{"namespace": "AWS/Transfer", "metric_name": "BytesIn", "period": 300}]},
				]})),
				{"alarm_actions": ["aws_sns_topic.t"], "metric_query.metric.dimensions": ["aws_transfer_server.s"]},
			),
			"unusual-volume",
			"pass",
		],
		"function errors, divided by what they are not": [[_function], _on("AWS/Lambda", "Errors", {"FunctionName": "f", "FilterId": "x"}), "function-errors", "fail"],
		"function errors by reference": [
			[_function],
			fixture.referring(
				fixture.resource("aws_cloudwatch_metric_alarm", "it", object.union(_acting, {"namespace": "AWS/Lambda", "metric_name": "Errors"})),
				{"alarm_actions": ["aws_sns_topic.t"], "dimensions.FunctionName": ["aws_lambda_function.f"]},
			),
			"function-errors",
			"pass",
		],
		"dead letters by a policy beside the queue": [
			[
				_queue("in", null, []), _queue("dead", null, []),
				fixture.referring(
					fixture.resource("aws_sqs_queue_redrive_policy", "p", {"redrive_policy": "{}"}),
					{"redrive_policy": ["aws_sqs_queue.dead"]},
				),
			],
			_on("AWS/SQS", "ApproximateNumberOfMessagesVisible", {"QueueName": "dead"}),
			"dead-letter-depth",
			"pass",
		],
		"volume of a record bucket": [
			[fixture.tagged_bucket("inbox", "record"), _metrics("arrivals", "inbox")],
			_band({"BucketName": "inbox", "FilterId": "arrivals"}),
			"unusual-volume",
			"pass",
		],
		"volume of a server by its id": [
			[fixture.resource("aws_transfer_server", "s", {"id": "s-1"})],
			fixture.referring(
				fixture.resource("aws_cloudwatch_metric_alarm", "it", object.union(_acting, {"threshold_metric_id": "band", "metric_query": [
					{"id": "band", "expression": "ANOMALY_DETECTION_BAND(m, 2)"},
					{"id": "m", "metric": [{"namespace": "AWS/Transfer", "metric_name": "FilesIn", "dimensions": {"ServerId": "s-1"}, "period": 300}]},
				]})),
				{"alarm_actions": ["aws_sns_topic.t"]},
			),
			"unusual-volume",
			"pass",
		],
	}
	plan := fixture.plan(array.concat(array.concat(case[0], [case[1]]), _subscribed))
	{found.status | some found in control.answers; found.attribute == case[2]} == {case[3]} with input as plan
}

test_no_alarm_fails_at_the_trigger if {
	expected := answer.failed("aws_lambda_function.f", "function-errors", "an alarm on AWS/Lambda Errors that reaches somebody", "no alarm on it")
	expected in control.answers with input as fixture.plan([_function])
}

test_without_a_trigger_no_alarm_is_asked_for if {
	{found.attribute | some found in control.answers} == _kinds with input as fixture.plan([_queue("q", "", []), _queue("p", null, [])])
}

_kinds := {"denied-deletes", "key-changes", "lock-changes", "policy-changes", "root-use", "trail-changes"}

_on_trail := "a filter or event rule, an alarm, a topic and a subscription"

_every_token := concat(" ", [
	"DeleteObject AccessDenied DisableKey PutKeyPolicy ScheduleKeyDeletion PutObjectLockConfiguration PutBucketVersioning",
	"PutBucketPolicy DeleteBucketPolicy iam.amazonaws.com userIdentity Root DeleteTrail PutEventSelectors StopLogging UpdateTrail",
])

_acting := fixture.alarm({"alarm_actions": ["arn:t"]})

_on(namespace, name, dimensions) := fixture.referring(
	fixture.resource("aws_cloudwatch_metric_alarm", "it", object.union(
		_acting,
		{"namespace": namespace, "metric_name": name, "dimensions": dimensions},
	)),
	{"alarm_actions": ["aws_sns_topic.t"]},
)

_band(dimensions) := fixture.referring(
	fixture.resource("aws_cloudwatch_metric_alarm", "it", object.union(_acting, {"threshold_metric_id": "band", "metric_query": [
		{"id": "band", "expression": "ANOMALY_DETECTION_BAND(m, 2)"},
		{"id": "m", "metric": [{"namespace": "AWS/S3", "metric_name": "BytesUploaded", "dimensions": dimensions, "period": 300}]},
	]})),
	{"alarm_actions": ["aws_sns_topic.t"]},
)

_subscribed := [
	fixture.resource("aws_sns_topic", "t", {}),
	fixture.referring(fixture.resource("aws_sns_topic_subscription", "s", {}), {"topic_arn": ["aws_sns_topic.t"]}),
]

_filter(pattern) := fixture.referring(
	fixture.resource("aws_cloudwatch_log_metric_filter", "f", {
		"pattern": pattern,
		"metric_transformation": [{"namespace": "N", "name": "M"}],
	}),
	{"log_group_name": ["aws_cloudwatch_log_group.g"]},
)

_trail := fixture.referring(fixture.resource("aws_cloudtrail", "t", {}), {"cloud_watch_logs_group_arn": ["aws_cloudwatch_log_group.g"]})

# Later resources of one address win, so that a test may replace the alarm.
_plan(resources) := fixture.plan([of |
	by_address := object.union_n([{fixture.address(one): one} |
		some one in array.concat(array.concat([_trail, _on("N", "M", {})], _subscribed), resources)
	])
	some of in by_address
])

_replicated := [
	fixture.tagged_bucket("audit", "audit"),
	fixture.part("aws_s3_bucket_replication_configuration", "audit", "audit", {"rule": [{"id": "all", "destination": [{"bucket": "arn:aws:s3:::copy"}]}]}),
]

_function := fixture.resource("aws_lambda_function", "f", {"function_name": "f"})

_queue(name, redrive, targets) := fixture.referring(
	fixture.resource("aws_sqs_queue", name, {"name": name, "redrive_policy": redrive}),
	{"redrive_policy": targets},
)

_inbox := fixture.tagged_bucket("inbox", "inbox")

_metrics(name, bucket_name) := fixture.resource("aws_s3_bucket_metric", "m", {"name": name, "bucket": bucket_name})

test_a_closed_chain_passes_beside_a_pattern_not_known if {
	dark := object.union(fixture.unknown(_filter("x"), [["pattern"]]), {"name": "dark"})
	{found.status | some found in control.answers} == {"pass"} with input as _plan([_filter(_every_token), dark])
}
