# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: What nobody should do unnoticed raises an alarm
# description: |-
#   Every kind of alarm has its own trigger and a closed chain: filter on the trail (or event rule), alarm that acts
#   and says what missing data means, topic, subscription. Always: denied deletes, changes to trail, keys, policies
#   and locks, use of the root user. Per replication: failure and latency. Per bucket that receives records and per
#   transfer server: volume outside its usual band. Per function: errors. Per dead-letter queue: depth. The
#   attribute of an answer names the kind. An alarm rings at the latest: at one match of a filter (as Security Hub's CloudWatch
#   controls do), one failed replication, one dead letter, a hundred errors (ours), an hour of latency (ours; Replication Time
#   Control promises 15 minutes), ten standard deviations (by Chebyshev's inequality no more than one value in a hundred lies
#   beyond), and within an hour (ours; a day for a band). Topic, its key and its subscriptions let the message through.
# custom:
#   id: P11-300d-03
#   severity: high
#   clauses: ["11.300(d)", "11.10(a)"]
#   annex11: ["13"]
#   alcoa: [contemporaneous, available]
#   requirements: [URS-023, URS-021]
#   resources:
#     - aws_cloudwatch_metric_alarm
#     - aws_cloudwatch_log_metric_filter
#     - aws_cloudwatch_event_rule
#     - aws_cloudwatch_event_target
#     - aws_sns_topic_subscription
#     - aws_cloudtrail
#     - aws_s3_bucket
#     - aws_s3_bucket_metric
#     - aws_s3_bucket_replication_configuration
#     - aws_lambda_function
#     - aws_sqs_queue
#     - aws_sqs_queue_redrive_policy
#   attributes:
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_cloudwatch_metric_alarm, path: actions_enabled}
#     - {type: aws_cloudwatch_metric_alarm, path: alarm_actions}
#     - {type: aws_cloudwatch_metric_alarm, path: treat_missing_data}
#     - {type: aws_cloudwatch_metric_alarm, path: namespace}
#     - {type: aws_cloudwatch_metric_alarm, path: metric_name}
#     - {type: aws_cloudwatch_metric_alarm, path: dimensions}
#     - {type: aws_cloudwatch_metric_alarm, path: metric_query.expression}
#     - {type: aws_cloudwatch_metric_alarm, path: metric_query.metric.namespace}
#     - {type: aws_cloudwatch_metric_alarm, path: metric_query.metric.metric_name}
#     - {type: aws_cloudwatch_metric_alarm, path: metric_query.metric.dimensions}
#     - {type: aws_cloudwatch_log_metric_filter, path: log_group_name}
#     - {type: aws_cloudwatch_log_metric_filter, path: pattern}
#     - {type: aws_cloudwatch_log_metric_filter, path: metric_transformation.name}
#     - {type: aws_cloudwatch_log_metric_filter, path: metric_transformation.namespace}
#     - {type: aws_cloudwatch_event_rule, path: event_bus_name}
#     - {type: aws_cloudwatch_event_rule, path: event_pattern}
#     - {type: aws_cloudwatch_event_rule, path: is_enabled}
#     - {type: aws_cloudwatch_event_rule, path: state}
#     - {type: aws_cloudwatch_event_target, path: rule}
#     - {type: aws_cloudwatch_event_target, path: arn}
#     - {type: aws_cloudwatch_metric_alarm, path: metric_query.id}
#     - {type: aws_cloudwatch_metric_alarm, path: metric_query.return_data}
#     - {type: aws_cloudwatch_metric_alarm, path: metric_query.metric.period}
#     - {type: aws_cloudwatch_metric_alarm, path: metric_query.metric.stat}
#     - {type: aws_cloudwatch_metric_alarm, path: metric_query.metric.unit}
#     - {type: aws_cloudwatch_metric_alarm, path: comparison_operator}
#     - {type: aws_cloudwatch_metric_alarm, path: datapoints_to_alarm}
#     - {type: aws_cloudwatch_metric_alarm, path: evaluation_periods}
#     - {type: aws_cloudwatch_metric_alarm, path: extended_statistic}
#     - {type: aws_cloudwatch_metric_alarm, path: period}
#     - {type: aws_cloudwatch_metric_alarm, path: statistic}
#     - {type: aws_cloudwatch_metric_alarm, path: threshold}
#     - {type: aws_cloudwatch_metric_alarm, path: threshold_metric_id}
#     - {type: aws_cloudwatch_metric_alarm, path: unit}
#     - {type: aws_cloudwatch_log_metric_filter, path: metric_transformation.default_value}
#     - {type: aws_cloudwatch_log_metric_filter, path: metric_transformation.dimensions}
#     - {type: aws_cloudwatch_log_metric_filter, path: metric_transformation.unit}
#     - {type: aws_cloudwatch_log_metric_filter, path: metric_transformation.value}
#     - {type: aws_sns_topic, path: kms_master_key_id}
#     - {type: aws_sns_topic, path: policy}
#     - {type: aws_sns_topic_policy, path: arn}
#     - {type: aws_sns_topic_policy, path: policy}
#     - {type: aws_sns_topic_subscription, path: filter_policy}
#     - {type: aws_sns_topic_subscription, path: filter_policy_scope}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_kms_key_policy, path: key_id}
#     - {type: aws_kms_key_policy, path: policy}
#     - {type: aws_sns_topic_subscription, path: topic_arn}
#     - {type: aws_s3_bucket_metric, path: filter}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.id}
#     - {type: aws_cloudtrail, path: cloud_watch_logs_group_arn}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_metric, path: bucket}
#     - {type: aws_s3_bucket_metric, path: name}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_lambda_function, path: function_name}
#     - {type: aws_sqs_queue, path: name}
#     - {type: aws_sqs_queue, path: redrive_policy}
#     - {type: aws_sqs_queue_redrive_policy, path: redrive_policy}
#   environments: [production, qualification, development]
#   failure_msg: An event that matters raises no alarm that reaches somebody.
#   fix: "Close the chain of the kind named: filter or metric, alarm with alarm_actions and treat_missing_data, topic, subscription."
#   verified_by: [IQ, OQ-alarm-root-use, OQ-poison-dead-letter]
package part11.p11_300d_03

import data.lib.alarm
import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.event
import data.lib.filter
import data.lib.queue
import data.lib.resource

# ---- alarms on the trail, always ------------------------------------------------------------------------------------

answers contains _heard(kind, i) if {
	some kind, groups in data.part11_data.trail_alarms
	some i, _ in groups
}

_heard(kind, i) := _answer(found.address, kind, _on_trail, found) if {
	found := alarm.best(_listening(kind, i))
	found.status == "pass"
} else := answer.unknown(dark.address, kind, _on_trail, $"{dark.attribute} known after apply") if {
	dark := [one | some one in alarm.listeners; one.text == null][0]
} else := _answer(found.address, kind, _on_trail, found) if {
	found := alarm.best(_listening(kind, i))
} else := answer.failed("plan", kind, _on_trail, $"nothing listens to {concat(" with ", words)}") if {
	words := data.part11_data.trail_alarms[kind][i].words
}

_listening(kind, i) := [one |
	some one in alarm.listeners
	_listens(one, kind, i)
]

_listens(one, kind, i) if {
	one.attribute == "pattern"
	_hearing[kind][i][one.text]
}

_listens(one, kind, i) if {
	one.attribute == "event_pattern"
	group := data.part11_data.trail_alarms[kind][i]
	_names(one.text, group.words)
	some sample in group.samples
	not event.misses(one.address, sample)
}

# Filters by the hundred have the same pattern, so each is read once. The words alone do not tell whether it lets the event
# through: it may ask for more that the event never is.
_hearing[kind][i] contains pattern if {
	some kind, groups in data.part11_data.trail_alarms
	some i, group in groups
	some pattern in _patterns
	_names(pattern, group.words)
	some sample in group.samples
	filter.lets_through(pattern, sample) != "no"
}

_patterns := {one.text | some one in alarm.listeners; one.attribute == "pattern"; is_string(one.text)}

_names(text, words) if {
	is_string(text)
	every word in words {
		contains(text, word)
		not _excluded(text, word)
	}
}

# A pattern may name what it leaves out.
_excluded(text, token) if contains(text, $`!= "{token}`)

# ---- alarms on metrics, one for each trigger ------------------------------------------------------------------------

answers contains _watched(trigger) if some trigger in _triggers

_watched(trigger) := _answer(found.address, trigger.kind, _on_metric(trigger), found) if {
	found := alarm.best(alarm.watching(trigger))
} else := answer.failed(trigger.address, trigger.kind, _on_metric(trigger), "no alarm on it")

_triggers contains _trigger("replication-failure", source, "SourceBucket", "bucket", ["AWS/S3 OperationsFailedReplication"]) if {
	some source in _replicated
}

_triggers contains _trigger("replication-latency", source, "SourceBucket", "bucket", ["AWS/S3 ReplicationLatency"]) if {
	some source in _replicated
}

_triggers contains _trigger("unusual-volume", address, "BucketName", "bucket", ["AWS/S3 BytesUploaded", "AWS/S3 PutRequests"]) if {
	some address in bucket.of_roles({"record", "inbox"})
}

_triggers contains _trigger("unusual-volume", address, "ServerId", "id", ["AWS/Transfer BytesIn", "AWS/Transfer FilesIn"]) if {
	some address in resource.existing("aws_transfer_server")
}

_triggers contains _trigger("function-errors", address, "FunctionName", "function_name", ["AWS/Lambda Errors"]) if {
	some address in resource.existing("aws_lambda_function")
}

_triggers contains _trigger("dead-letter-depth", address, "QueueName", "name", ["AWS/SQS ApproximateNumberOfMessagesVisible"]) if {
	some address in _dead_letter_queues
}

_trigger(kind, address, dimension, name, metrics) := {
	"kind": kind,
	"address": address,
	"dimension": dimension,
	"name": object.get(input.resources[address].values, name, null),
	"metrics": metrics,
}

_replicated := {source |
	some source in bucket.existing
	count(bucket.parts(source, "aws_s3_bucket_replication_configuration")) > 0
}

# A redrive policy that leads to no queue of the plan is its own trigger: nobody watches what it loses.
_dead_letter_queues contains address if {
	some carrier in _redriving
	some address in _dead_letters(carrier)
}

_dead_letters(carrier) := queues if {
	queues := queue.dead_letters(carrier)
	count(queues) > 0
} else := {carrier}

_redriving := [carrier |
	some type in ["aws_sqs_queue", "aws_sqs_queue_redrive_policy"]
	some carrier in resource.existing(type)
	_redrives(input.resources[carrier])
]

_redrives(carrier) if {
	reading := attribute.read(carrier, ["redrive_policy"])
	reading.status != "not_set"
	not attribute.is_value(reading, "")
}

_answer(address, kind, expected, found) := {
	"address": address,
	"attribute": kind,
	"status": found.status,
	"expected": expected,
	"actual": found.actual,
}

_on_trail := "a filter or event rule, an alarm, a topic and a subscription"

_on_metric(trigger) := $"an alarm on {concat(" or ", trigger.metrics)} that reaches somebody"
