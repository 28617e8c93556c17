# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Whether an alarm reaches somebody
# description: |-
#   The chain is closed when the alarm acts, says what missing data means, and publishes to a topic that somebody is
#   subscribed to. A verdict is {"status": "pass" | "fail" | "unknown", "actual": short text}.
# scope: package
package lib.alarm

import data.lib.attribute
import data.lib.resource

existing := resource.existing("aws_cloudwatch_metric_alarm")

# Address of an alarm -> verdict on its chain.
verdicts[alarm] := _verdict(alarm) if some alarm in existing

# "namespace metric" -> alarms on that metric, of their own or in a metric query.
by_metric[name] contains alarm if {
	some alarm in existing
	some metric in metrics(alarm)
	name := $"{metric.namespace} {metric.metric_name}"
}

# "namespace metric" -> dimension value -> alarms: one lookup for each resource that is watched.
by_dimension[name][value] contains alarm if {
	some alarm in existing
	some metric in metrics(alarm)
	name := $"{metric.namespace} {metric.metric_name}"
	some value in metric.dimensions
}

# Resource -> alarms that refer to it in whatever attribute.
by_reference[address] contains alarm if {
	some alarm in existing
	some references in input.resources[alarm].refs
	some reference in references
	address := reference.address
}

# Metrics that an alarm watches: [{"namespace", "metric_name", "dimensions"}].
metrics(alarm) := _metrics[alarm]

_metrics[alarm] := metrics if {
	some alarm in existing
	of := input.resources[alarm].values
	metrics := [metric |
		some metric in array.concat([of], [metric |
			some query in object.get(of, "metric_query", [])
			some metric in object.get(query, "metric", [])
		])
		is_string(metric.namespace)
		is_string(metric.metric_name)
	]
}

# An anomaly band, so that the usual volume of the day or the week is learned.
is_band(alarm) if {
	some query in input.resources[alarm].values.metric_query
	contains(query.expression, "ANOMALY_DETECTION_BAND")
}

# The best of several chains.
best(candidates) := found if {
	passing := [verdict | some verdict in candidates; verdict.status == "pass"]
	found := passing[0]
} else := found if {
	undecided := [verdict | some verdict in candidates; verdict.status == "unknown"]
	found := undecided[0]
} else := candidates[0]

_verdict(alarm) := {"status": "fail", "actual": "actions are switched off"} if {
	attribute.is_value(_read(alarm, "actions_enabled"), false)
} else := {"status": "unknown", "actual": "actions_enabled known after apply"} if {
	_read(alarm, "actions_enabled").status == "unknown"
} else := {"status": "fail", "actual": "treat_missing_data not stated"} if {
	not "treat_missing_data" in input.resources[alarm].configured
} else := notified(alarm, "alarm_actions")

# What an attribute with topic ARNs leads to.
notified(address, name) := {"status": "pass", "actual": concat(", ", sort(heard))} if {
	heard := _topics(address, name) & _heard
	count(heard) > 0
} else := {"status": "fail", "actual": concat(" ", [concat(", ", sort(topics)), "has no subscription"])} if {
	topics := _topics(address, name)
	count(topics) > 0
} else := {"status": "fail", "actual": $"no {name}"} if {
	_read(address, name).status == "not_set"
} else := {"status": "fail", "actual": $"no {name}"} if {
	_read(address, name).value == []
} else := {"status": "unknown", "actual": $"{name} leads out of the plan"}

# Topics with at least one subscription.
_heard contains topic if {
	some subscription in resource.existing("aws_sns_topic_subscription")
	some topic in resource.referred(input.resources[subscription], "topic_arn")
}

_topics(address, name) := {topic |
	some topic in resource.referred(input.resources[address], name)
	input.resources[topic].type == "aws_sns_topic"
	resource.exists(input.resources[topic])
}

_read(address, name) := attribute.read(input.resources[address], [name])
