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
} else := counted(filter, 1)

# What becomes of the matches that a metric filter counts, when so many must raise an alarm.
counted(filter, matches) := {"status": "unknown", "actual": "metric_transformation known after apply"} if {
	_transformation_unknown(input.resources[filter])
} else := best(chains) if {
	chains := [chain |
		some transformation in _undivided_counts(filter)
		chain := _chains[_asked(filter, transformation, matches)]
	]
	count(chains) > 0
} else := {"status": "fail", "actual": "no alarm on its metric"}

_trail_groups contains group if {
	some trail in resource.existing("aws_cloudtrail")
	some group in resource.referred(input.resources[trail], "cloud_watch_logs_group_arn")
}

_transformation_unknown(filter) if {
	some path in filter.unknown
	path[0] == "metric_transformation"
}

# With dimensions it is another metric than without.
_undivided_counts(filter) := [transformation |
	some transformation in object.get(input.resources[filter].values, "metric_transformation", [])
	object.get(transformation, "dimensions", null) in {null, {}}
]

_asked(filter, transformation, matches) := [
	$"{transformation.namespace} {transformation.name}",
	input.resources[filter].region,
	_limit_of(transformation, matches),
]

# What is asked of alarms: [metric, region, limit]. Filters by the hundred may count in one metric, so each is asked once.
_questions contains _asked(filter, transformation, matches) if {
	some filter in resource.existing("aws_cloudwatch_log_metric_filter")
	some transformation in _undivided_counts(filter)
	some matches in [1, data.part11_data.alarms.refused_logins]
}

_chains[question] := best(heard_by) if {
	some question in _questions
	[metric, region, limit] := question
	heard_by := [heard(alarm, watched, limit) |
		some alarm in object.get(by_metric, metric, set())
		not elsewhere(alarm, region)
		some watched in metrics(alarm)
		$"{watched.namespace} {watched.metric_name}" == metric
		_undivided(alarm, watched)
	]
	count(heard_by) > 0
}

_undivided(alarm, watched) if {
	object.get(watched, "dimensions", null) in {null, {}}
	count([path | some path in input.resources[alarm].unknown; "dimensions" in path]) == 0
}

# Each match adds the value; where the filter has no default value there are no data between matches.
_limit_of(transformation, matches) := {
	"most": value * matches,
	"each": value,
	"seconds": data.part11_data.alarms.seconds,
	"unit": _unit(transformation),
	"once": matches == 1,
	"gaps": object.get(transformation, "default_value", null) in {null, ""},
	"band": false,
} if {
	value := _added(transformation)
}

# A value that is taken from the line may be nothing.
_added(transformation) := to_number(value) if {
	value := object.get(transformation, "value", "1")
	regex.match(`^[0-9]+([.][0-9]+)?$`, value)
} else := 0

_unit(transformation) := object.get({null: "None"}, unit, unit) if unit := object.get(transformation, "unit", null)

_rule_verdict(rule) := event.silent(rule) if {
	event.silent(rule)
} else := best([notified(target, "arn", "events.amazonaws.com") | some target in event.targets(rule)])
