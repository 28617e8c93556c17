# SPDX-License-Identifier: Apache-2.0

package lib.alarm

import data.lib.attribute
import data.lib.event
import data.lib.resource

# What listens to the audit trail: [{"address", "attribute", "text", "status", "actual"}]. A metric filter on a log group
# that a trail delivers to, with an alarm on its metric; or an event rule that publishes to a topic.
listeners := array.concat(
	[object.union(_filter_verdict(filter), {"address": filter, "attribute": "pattern", "text": _text(filter, "pattern")}) |
		some filter in resource.existing("aws_cloudwatch_log_metric_filter")
	],
	[object.union(_rule_verdict(rule), {"address": rule, "attribute": "event_pattern", "text": _text(rule, "event_pattern")}) |
		some rule in resource.existing("aws_cloudwatch_event_rule")
	],
)

# null = known after apply.
_text(address, name) := text if {
	text := attribute.read(input.resources[address], [name]).value
	is_string(text)
} else := null if {
	attribute.read(input.resources[address], [name]).status == "unknown"
} else := ""

_filter_verdict(filter) := {"status": "fail", "actual": "not on a log group that a trail delivers to"} if {
	count(resource.referred(input.resources[filter], "log_group_name") & _trail_groups) == 0
} else := counted(filter)

# What becomes of the matches that a metric filter counts.
counted(filter) := {"status": "fail", "actual": "no alarm on its metric"} if {
	count(_alarms_of(filter)) == 0
} else := best([verdicts[alarm] | some alarm in _alarms_of(filter)])

_trail_groups contains group if {
	some trail in resource.existing("aws_cloudtrail")
	some group in resource.referred(input.resources[trail], "cloud_watch_logs_group_arn")
}

_alarms_of(filter) := {alarm |
	some metric in object.get(input.resources[filter].values, "metric_transformation", [])
	some alarm in object.get(by_metric, $"{metric.namespace} {metric.name}", set())
	some watched in metrics(alarm)
	watched.namespace == metric.namespace
	watched.metric_name == metric.name
	_undivided(alarm, watched)
}

# An alarm with dimensions sees another metric than the one without that the filter counts in.
_undivided(alarm, watched) if {
	object.get(watched, "dimensions", null) in {null, {}}
	count([path | some path in input.resources[alarm].unknown; "dimensions" in path]) == 0
}

_rule_verdict(rule) := {"status": "fail", "actual": "the rule is switched off"} if {
	event.off(input.resources[rule])
} else := {"status": "fail", "actual": "the rule has no target"} if {
	count(event.targets(rule)) == 0
} else := best([notified(target, "arn") | some target in event.targets(rule)])
