# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Refused logins raise an alarm
# description: |-
#   A metric filter counts AUTH_FAILURE in the structured log of every transfer server, an alarm on its metric acts, says
#   what missing data means, and reaches a topic that somebody is subscribed to. It rings at a hundred refused logins in an
#   hour at the latest: NIST SP 800-63B, 5.2.2, lets nobody try more than a hundred times; the hour is ours. Topic, its key
#   and its subscriptions let the message through.
# custom:
#   id: P11-300d-02
#   severity: critical
#   clauses: ["11.300(d)"]
#   annex11: ["13"]
#   alcoa: [contemporaneous, attributable]
#   requirements: [URS-023]
#   resources:
#     - aws_transfer_server
#     - aws_cloudwatch_log_metric_filter
#     - aws_cloudwatch_metric_alarm
#     - aws_sns_topic
#     - aws_sns_topic_policy
#     - aws_sns_topic_subscription
#     - aws_kms_key
#     - aws_kms_key_policy
#   attributes:
#     - {type: aws_transfer_server, path: structured_log_destinations}
#     - {type: aws_cloudwatch_log_group, path: name}
#     - {type: aws_cloudwatch_log_metric_filter, path: log_group_name}
#     - {type: aws_cloudwatch_log_metric_filter, path: pattern}
#     - {type: aws_cloudwatch_log_metric_filter, path: metric_transformation.name}
#     - {type: aws_cloudwatch_log_metric_filter, path: metric_transformation.namespace}
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
#   environments: [production, qualification, development]
#   failure_msg: Refused logins reach nobody.
#   fix: "Close the chain: structured log, metric filter on AUTH_FAILURE, alarm with alarm_actions and treat_missing_data, topic, subscription."
#   verified_by: [IQ, OQ-alarm-sftp-refused, OQ-alarm-sftp-auth-failure]
package part11.p11_300d_02

import data.lib.alarm
import data.lib.answer
import data.lib.attribute
import data.lib.filter as metric_filter
import data.lib.resource
import data.lib.scope

answers contains _judged(server) if some server in _servers

not_applicable := scope.reason(rego.metadata.chain(), "transfer server") if count(_servers) == 0

_servers := scope.existing(rego.metadata.chain(), "aws_transfer_server")

_judged(server) := {
	"address": found.address,
	"attribute": "auth-failure",
	"status": found.status,
	"expected": _expected,
	"actual": found.actual,
} if {
	found := alarm.best([object.union(alarm.counted(filter, data.part11_data.alarms.refused_logins), {"address": filter}) | some filter in _counting(server)])
} else := answer.unknown(server, "auth-failure", _expected, "a pattern known after apply") if {
	some filter in _filters(server)
	_pattern(filter).status == "unknown"
} else := answer.unknown(server, "auth-failure", _expected, "log groups known after apply") if {
	_destinations(server).status == "unknown"
	count(_groups(server)) == 0
} else := answer.failed(server, "auth-failure", _expected, "no metric filter on AUTH_FAILURE in its log")

_counting(server) := {filter |
	some filter in _filters(server)
	contains(_pattern(filter).value, "AUTH_FAILURE")
	metric_filter.lets_through(_pattern(filter).value, {"activity-type": "AUTH_FAILURE"}) != "no"
	not regex.match(`!= *"?\*?AUTH_FAILURE`, _pattern(filter).value)
	not regex.match(`(^|[ \[(])-"?AUTH_FAILURE`, _pattern(filter).value)
}

_pattern(filter) := attribute.read(input.resources[filter], ["pattern"])

_filters(server) := {filter |
	some group in _groups(server)
	some filter in object.get(_filters_on, group, set())
}

# Log group, by address or by name -> metric filters on it.
_filters_on[group] contains filter if {
	some filter in resource.existing("aws_cloudwatch_log_metric_filter")
	group := input.resources[filter].values.log_group_name
}

_filters_on[group] contains filter if {
	some filter in resource.existing("aws_cloudwatch_log_metric_filter")
	some group in resource.referred(input.resources[filter], "log_group_name")
}

_groups(server) := resource.referred(input.resources[server], "structured_log_destinations") | {name |
	some arn in _destinations(server).value
	name := split(arn, ":")[6]
}

_destinations(server) := attribute.read(input.resources[server], ["structured_log_destinations"])

_expected := "a metric filter on AUTH_FAILURE, an alarm, a topic and a subscription"
