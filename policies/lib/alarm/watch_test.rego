# SPDX-License-Identifier: Apache-2.0

package lib.alarm_watch_test

import data.lib.alarm
import data.lib.fixture

test_dimensions[name] if {
	some name, case in {
		"as the metric has them": ["AWS/SQS ApproximateNumberOfMessagesVisible", {"QueueName": "it"}, 1],
		"one too many": ["AWS/SQS ApproximateNumberOfMessagesVisible", {"QueueName": "it", "Nobody": "x"}, 0],
		"of another": ["AWS/SQS ApproximateNumberOfMessagesVisible", {"QueueName": "other"}, 0],
		"under another name": ["AWS/SQS ApproximateNumberOfMessagesVisible", {"Queue": "it"}, 0],
		"of a function": ["AWS/Lambda Errors", {"FunctionName": "it"}, 1],
		"of an alias": ["AWS/Lambda Errors", {"FunctionName": "it", "Resource": "it:live"}, 1],
		"of a function and nothing": ["AWS/Lambda Errors", {"FunctionName": "it", "Nobody": "x"}, 0],
	}
	dimension := {"AWS/Lambda Errors": "FunctionName"}
	trigger := _trigger("aws_sqs_queue.it", object.get(dimension, case[0], "QueueName"), case[0])
	plan := fixture.plan([fixture.resource("aws_sqs_queue", "it", {}), _on(case[0], case[1])])
	count(alarm.watching(trigger)) == case[2] with input as plan
}

test_an_alarm_in_another_region_sees_nothing[name] if {
	some name, case in {
		"the same": ["eu-west-1", 1],
		"another": ["us-east-1", 0],
		"not known": [null, 1],
	}
	trigger := _trigger("aws_sqs_queue.it", "QueueName", "AWS/SQS ApproximateNumberOfMessagesVisible")
	by_name := object.union(_on("AWS/SQS ApproximateNumberOfMessagesVisible", {"QueueName": "it"}), {"region": case[0]})
	by_reference := fixture.referring(object.union(_on("AWS/SQS ApproximateNumberOfMessagesVisible", {}), {"region": case[0]}), {"dimensions": ["aws_sqs_queue.it"]})
	count(alarm.watching(trigger)) == case[1] with input as fixture.plan([fixture.resource("aws_sqs_queue", "it", {}), by_name])
	count(alarm.watching(trigger)) == case[1] with input as fixture.plan([fixture.resource("aws_sqs_queue", "it", {}), by_reference])
}

test_request_metrics[name] if {
	some name, case in {
		"of all objects": [{"bucket": "it", "name": "all"}, 1],
		"of all objects, as the provider writes it": [{"bucket": "it", "name": "all", "filter": []}, 1],
		"of some objects": [{"bucket": "it", "name": "all", "filter": [{"prefix": "none/"}]}, 0],
		"of another bucket": [{"bucket": "other", "name": "all"}, 0],
		"under another name": [{"bucket": "it", "name": "other"}, 0],
	}
	trigger := _trigger("aws_s3_bucket.it", "BucketName", "AWS/S3 PutRequests")
	plan := fixture.plan([
		fixture.bucket("it", {}),
		fixture.resource("aws_s3_bucket_metric", "m", case[0]),
		_on("AWS/S3 PutRequests", {"BucketName": "it", "FilterId": "all"}),
	])
	count(alarm.watching(trigger)) == case[1] with input as plan
}

test_request_metrics_with_a_filter_not_known if {
	trigger := _trigger("aws_s3_bucket.it", "BucketName", "AWS/S3 PutRequests")
	plan := fixture.plan([
		fixture.bucket("it", {}),
		fixture.unknown(fixture.resource("aws_s3_bucket_metric", "m", {"bucket": "it", "name": "all"}), [["filter"]]),
		_on("AWS/S3 PutRequests", {"BucketName": "it", "FilterId": "all"}),
	])
	alarm.watching(trigger) == [] with input as plan
}

test_replication_metrics[name] if {
	some name, case in {
		"of the rule": [_rule("all", "copy"), _dimensions("copy", "all"), 1],
		"of another rule": [_rule("all", "copy"), _dimensions("copy", "none"), 0],
		"of another destination": [_rule("all", "copy"), _dimensions("nobody", "all"), 0],
		"of a rule whose id the provider makes up": [{"destination": [{"bucket": "arn:aws:s3:::copy"}]}, _dimensions("copy", "x"), 1],
		"of a destination not known yet": [{"id": "all", "destination": [{}]}, _dimensions("copy", "all"), 1],
		"without rule": [_rule("all", "copy"), {"SourceBucket": "it", "DestinationBucket": "copy"}, 0],
	}
	trigger := _trigger("aws_s3_bucket.it", "SourceBucket", "AWS/S3 OperationsFailedReplication")
	plan := fixture.plan([
		fixture.bucket("it", {}),
		fixture.part("aws_s3_bucket_replication_configuration", "it", "it", {"rule": [case[0]]}),
		object.union(_on("AWS/S3 OperationsFailedReplication", case[1]), {"region": "eu-central-1"}),
	])
	count(alarm.watching(trigger)) == case[2] with input as plan
}

# Both sides of each number, so that one that is loosened shows here.
test_limits[metric] if {
	some metric, case in {
		"AWS/Lambda Errors": ["GreaterThanOrEqualToThreshold", 100, 3600],
		"AWS/S3 OperationsFailedReplication": ["GreaterThanOrEqualToThreshold", 1, 3600],
		"AWS/S3 ReplicationLatency": ["GreaterThanOrEqualToThreshold", 3600, 3600],
		"AWS/SQS ApproximateNumberOfMessagesVisible": ["GreaterThanOrEqualToThreshold", 1, 3600],
	}
	_status(metric, case, {}) == "unknown"
	_status(metric, case, {"threshold": case[1] + 1}) == "fail"
	_status(metric, case, {"period": case[2] + 1}) == "fail"
}

_status(metric, case, more) := found.status if {
	values := fixture.alarm(object.union({"namespace": "N", "comparison_operator": case[0], "threshold": case[1], "period": case[2], "alarm_actions": ["arn:t"]}, more))
	one := fixture.resource("aws_cloudwatch_metric_alarm", "it", values)
	limit := data.part11_data.alarms.metrics[metric]
	found := alarm.heard("aws_cloudwatch_metric_alarm.it", values, limit) with input as fixture.plan([one])
}

_trigger(address, dimension, metric) := {"address": address, "dimension": dimension, "name": "it", "metrics": [metric]}

_on(metric, dimensions) := fixture.resource("aws_cloudwatch_metric_alarm", "it", fixture.alarm({
	"namespace": split(metric, " ")[0],
	"metric_name": split(metric, " ")[1],
	"dimensions": dimensions,
}))

_rule(id, destination) := {"id": id, "destination": [{"bucket": $"arn:aws:s3:::{destination}"}]}

_dimensions(destination, id) := {"SourceBucket": "it", "DestinationBucket": destination, "RuleId": id}
