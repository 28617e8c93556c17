# SPDX-License-Identifier: Apache-2.0

package lib.alarm

import data.lib.attribute

# Whether an alarm on a metric tells somebody in time: its chain, and what keeps it from ringing. A limit says when it must
# have rung: {"most": value, "each": what one data point says at most where they are not added up, "seconds", "unit" of the
# metric, "once": one occurrence must do, "gaps": no data between occurrences, "band": unusual values and not a number}.
heard(one, watched, limit) := verdicts[one] if {
	verdicts[one].status == "fail"
} else := found if {
	found := mute(one, watched, limit)
} else := verdicts[one]

# Why an alarm keeps quiet when it should ring; undefined when it does not.
mute(one, watched, limit) := {"status": "unknown", "actual": $"{name} known after apply"} if {
	name := _dark(one)
} else := _failing($"waits for the unit {watched.unit}, the metric has {limit.unit}") if {
	not object.get(watched, "unit", null) in {null, "", limit.unit}
} else := _mute_band(one, watched, limit) if {
	_threshold_metric(one) != ""
} else := {"status": "unknown", "actual": "metric math is not judged"} if {
	_threshold_metric(one) == ""
	_compared(one) - {watched.id} != set()
} else := _mute_number(one, watched, limit) if _threshold_metric(one) == ""

_mute_band(one, watched, limit) := _failing("a band takes what happens often for usual") if {
	limit.once
} else := _failing($"{_threshold_metric(one)} is no band around the metric") if {
	not _widths[one][watched.id]
} else := _failing($"a band of {width} standard deviations") if {
	width := min(_widths[one][watched.id])
	width > data.part11_data.alarms.standard_deviations
} else := _late(one, watched, limit)

_mute_number(one, watched, limit) := _failing("compares with no band") if {
	limit.band
} else := _failing($"{operator} does not ring when it happens") if {
	operator := _value(one, "comparison_operator", "no operator")
	not operator in {_above, _from}
} else := _failing("no threshold") if {
	not is_number(_value(one, "threshold", null))
} else := _failing("rings all the time, at 0 too") if {
	_breaches(one, 0)
} else := _failing("counts data points and not what they say") if {
	_statistic(watched) == "SampleCount"
	not limit.gaps
} else := _failing($"threshold {_value(one, "threshold", 0)} keeps quiet at {_reached(watched, limit)}") if {
	not _breaches(one, _reached(watched, limit))
} else := _failing($"{_data_points(one)} data points are asked for, one occurrence gives one") if {
	limit.once
	_data_points(one) > 1
	not _only_data_count(one, limit)
} else := _failing($"treat_missing_data {treatment} keeps the alarm as it is between occurrences") if {
	limit.gaps
	treatment := input.resources[one].values.treat_missing_data
	treatment in {"breaching", "ignore"}
} else := _late(one, watched, limit)

_late(one, watched, limit) := _failing("no period") if {
	not is_number(object.get(watched, "period", null))
} else := _failing($"rings after {seconds} seconds, {limit.seconds} at most") if {
	seconds := watched.period * _data_points(one)
	seconds > limit.seconds
}

# Data that are missing are left out of the evaluation, so that the one data point decides.
_only_data_count(one, limit) if {
	limit.gaps
	input.resources[one].values.treat_missing_data == "missing"
}

# Of an alarm that has an operator and a threshold.
_breaches(one, value) if {
	input.resources[one].values.comparison_operator == _above
	value > input.resources[one].values.threshold
}

_breaches(one, value) if {
	input.resources[one].values.comparison_operator == _from
	value >= input.resources[one].values.threshold
}

_reached(watched, limit) := limit.most if {
	_statistic(watched) in {"Sum", "SampleCount"}
} else := 0 if {
	limit.once
	_statistic(watched) == "Minimum"
} else := limit.each

# An alarm of its own says `statistic`, a metric query `stat`; undefined for what says neither, as with `extended_statistic`.
_statistic(watched) := name if {
	some key in ["stat", "statistic"]
	name := object.get(watched, key, null)
	is_string(name)
}

# The provider writes 0 for what is not set: all evaluated periods.
_data_points(one) := number if {
	number := _value(one, "datapoints_to_alarm", 0)
	number > 0
} else := _value(one, "evaluation_periods", 1)

# Ids of the queries whose data an alarm compares; null is the metric of the alarm itself.
_compared(one) := {query.id |
	some query in object.get(input.resources[one].values, "metric_query", [])
	object.get(query, "return_data", null) == true
}

_threshold_metric(one) := _value(one, "threshold_metric_id", "")

# Alarm -> id of a metric -> widths of the bands around it that the alarm compares with.
_widths[one][id] contains width if {
	some one in existing
	some query in object.get(input.resources[one].values, "metric_query", [])
	query.id == _threshold_metric(one)
	startswith(query.expression, "ANOMALY_DETECTION_BAND(")
	endswith(query.expression, ")")
	arguments := [trim_space(argument) | some argument in split(trim_suffix(trim_prefix(query.expression, "ANOMALY_DETECTION_BAND("), ")"), ",")]
	count(arguments) < 3
	id := arguments[0]
	width := to_number(array.concat(arguments, ["2"])[1])
}

# An alarm sees metrics of its own region only.
elsewhere(one, region) if {
	is_string(region)
	own := input.resources[one].region
	is_string(own)
	own != region
}

# What decides whether an alarm rings, and is not known.
_dark(one) := [attribute.dotted(path) |
	some path in input.resources[one].unknown
	path[0] in _deciding
	not "dimensions" in path
][0]

_value(one, name, otherwise) := value if {
	value := input.resources[one].values[name]
	value != null
} else := otherwise

_failing(actual) := {"status": "fail", "actual": actual}

_deciding := {
	"comparison_operator",
	"datapoints_to_alarm",
	"evaluation_periods",
	"extended_statistic",
	"metric_query",
	"period",
	"statistic",
	"threshold",
	"threshold_metric_id",
	"treat_missing_data",
	"unit",
}

_above := "GreaterThanThreshold"

_from := "GreaterThanOrEqualToThreshold"
