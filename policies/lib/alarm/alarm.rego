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

# Metrics that an alarm watches: [{"namespace", "metric_name", "dimensions", …}], with the id of their query, null for the
# metric of the alarm itself.
metrics(alarm) := _metrics[alarm]

_metrics[alarm] := metrics if {
	some alarm in existing
	of := input.resources[alarm].values
	metrics := [metric |
		some metric in array.concat([object.union(of, {"id": null})], [metric |
			some query in object.get(of, "metric_query", [])
			some asked in object.get(query, "metric", [])
			metric := object.union(asked, {"id": query.id})
		])
		is_string(metric.namespace)
		is_string(metric.metric_name)
	]
}

# The best of several chains; of those that are as good the first by its text, since sets come in another order in wasm.
best(candidates) := min([verdict | some verdict in candidates; verdict.status == "pass"]) if {
	some verdict in candidates
	verdict.status == "pass"
} else := min([verdict | some verdict in candidates; verdict.status == "unknown"]) if {
	some verdict in candidates
	verdict.status == "unknown"
} else := min(candidates)

_verdict(alarm) := {"status": "fail", "actual": "actions are switched off"} if {
	attribute.is_value(_read(alarm, "actions_enabled"), false)
} else := {"status": "unknown", "actual": "actions_enabled known after apply"} if {
	_read(alarm, "actions_enabled").status == "unknown"
} else := {"status": "fail", "actual": "treat_missing_data not stated"} if {
	not "treat_missing_data" in input.resources[alarm].configured
} else := notified(alarm, "alarm_actions", "cloudwatch.amazonaws.com")

_read(address, name) := attribute.read(input.resources[address], [name])
