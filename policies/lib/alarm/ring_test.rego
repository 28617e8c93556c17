# SPDX-License-Identifier: Apache-2.0

package lib.alarm_ring_test

import data.lib.alarm
import data.lib.fixture

# ---- against a number -----------------------------------------------------------------------------------------------

test_a_number[name] if {
	some name, case in {
		"above nothing": [{}, {}, null],
		"from one on": [{"comparison_operator": _from, "threshold": 1}, {}, null],
		"from two on": [{"comparison_operator": _from, "threshold": 2}, {}, ["fail", "threshold 2 keeps quiet at 1"]],
		"above one": [{"threshold": 1}, {}, ["fail", "threshold 1 keeps quiet at 1"]],
		"above what nothing reaches": [{"threshold": 1000000000}, {"most": 100}, ["fail", "threshold 1000000000 keeps quiet at 100"]],
		"from nothing on": [{"comparison_operator": _from}, {}, ["fail", "rings all the time, at 0 too"]],
		"above less than nothing": [{"threshold": -1}, {}, ["fail", "rings all the time, at 0 too"]],
		"below": [
			{"comparison_operator": "LessThanThreshold", "threshold": 1},
			{},
			["fail", "LessThanThreshold does not ring when it happens"],
		],
		"no operator": [{"comparison_operator": null}, {}, ["fail", "no operator does not ring when it happens"]],
		"no threshold": [{"threshold": null}, {}, ["fail", "no threshold"]],
		"a hundred added up": [{"threshold": 99}, {"most": 100}, null],
		"a hundred on average": [{"threshold": 99, "statistic": "Average"}, {"most": 100}, ["fail", "threshold 99 keeps quiet at 1"]],
		"more than a hundred added up": [{"threshold": 100}, {"most": 100}, ["fail", "threshold 100 keeps quiet at 100"]],
		"a percentile": [{"statistic": null, "extended_statistic": "p99"}, {"most": 100}, null],
		"no statistic": [{"statistic": null, "threshold": 1}, {"most": 100}, ["fail", "threshold 1 keeps quiet at 1"]],
		"the least of many": [{"statistic": "Minimum"}, {"once": false}, null],
		"the least, of one occurrence": [{"statistic": "Minimum"}, {"once": true}, ["fail", "threshold 0 keeps quiet at 0"]],
		"data points counted": [{"statistic": "SampleCount"}, {}, ["fail", "counts data points and not what they say"]],
		"data points counted where each is an occurrence": [{"statistic": "SampleCount"}, {"gaps": true}, null],
		"a hundred data points counted where each is an occurrence": [
			{"statistic": "SampleCount", "threshold": 99},
			{"most": 100, "gaps": true},
			null,
		],
		"two data points of one occurrence": [
			{"evaluation_periods": 2},
			{"once": true},
			["fail", "2 data points are asked for, one occurrence gives one"],
		],
		"one data point of two": [{"evaluation_periods": 2, "datapoints_to_alarm": 1}, {"once": true}, null],
		"as many as are evaluated, as the provider writes it": [
			{"evaluation_periods": 2, "datapoints_to_alarm": 0},
			{"once": true},
			["fail", "2 data points are asked for, one occurrence gives one"],
		],
		"two data points where missing ones do not count": [{"evaluation_periods": 2}, {"once": true, "gaps": true}, null],
		"two data points where missing ones are good": [
			{"evaluation_periods": 2, "treat_missing_data": "notBreaching"},
			{"once": true, "gaps": true},
			["fail", "2 data points are asked for, one occurrence gives one"],
		],
		"kept ringing by what is missing": [
			{"treat_missing_data": "breaching"},
			{"gaps": true},
			["fail", "treat_missing_data breaching keeps the alarm as it is between occurrences"],
		],
		"never reset": [
			{"treat_missing_data": "ignore"},
			{"gaps": true},
			["fail", "treat_missing_data ignore keeps the alarm as it is between occurrences"],
		],
		"missing data of a metric that always has some": [{"treat_missing_data": "breaching"}, {}, null],
		"in an hour": [{"period": 3600}, {}, null],
		"in a day": [{"period": 86400}, {}, ["fail", "rings after 86400 seconds, 3600 at most"]],
		"after two half hours": [{"period": 1801, "evaluation_periods": 2}, {}, ["fail", "rings after 3602 seconds, 3600 at most"]],
		"no number of periods": [{"evaluation_periods": null}, {"once": true}, null],
		"no number of periods, in a day": [
			{"evaluation_periods": null, "period": 86400},
			{},
			["fail", "rings after 86400 seconds, 3600 at most"],
		],
		"no period": [{"period": null}, {}, ["fail", "no period"]],
		"the unit of the metric": [{"unit": "Count"}, {}, null],
		"no unit": [{"unit": ""}, {}, null],
		"another unit": [{"unit": "Bytes"}, {}, ["fail", "waits for the unit Bytes, the metric has Count"]],
		"no band": [{}, {"band": true}, ["fail", "compares with no band"]],
	}
	_muted(fixture.resource("aws_cloudwatch_metric_alarm", "it", fixture.alarm(object.union({"namespace": "N", "metric_name": "M"}, case[0]))), case[1], 0) == case[2]
}

test_what_is_not_known[name] if {
	some name, path in {
		"threshold": ["threshold"],
		"metric_query.return_data": ["metric_query", 0, "return_data"],
	}
	one := fixture.unknown(_alarm({}), [path, ["period"], ["metric_query", 1, "metric", 0, "dimensions", "A"]])
	_muted(one, {}, 0) == ["unknown", $"{name} known after apply"]
}

test_dimensions_not_known_do_not_matter[name] if {
	some name, path in {
		"of the alarm": ["dimensions", "A"],
		"of a query": ["metric_query", 0, "metric", 0, "dimensions", "A"],
	}
	_muted(fixture.unknown(_alarm({}), [path]), {}, 0) == null
}

# ---- against metric math and bands ----------------------------------------------------------------------------------

test_queries[name] if {
	some name, case in {
		"the metric itself": [[_query("m", {"return_data": true})], {}, {}, null],
		"the metric alone": [[_query("m", {})], {}, {}, null],
		"a hundred added up": [[_query("m", {})], {"threshold": 99}, {"most": 100}, null],
		"metric math": [
			[_query("m", {"return_data": false}), {"id": "e", "expression": "m * 0", "return_data": true}],
			{},
			{},
			["unknown", "metric math is not judged"],
		],
		"a band around it": [_banded("ANOMALY_DETECTION_BAND(m, 2)"), {"threshold_metric_id": "b"}, {"band": true}, null],
		"a band of the usual width": [_banded("ANOMALY_DETECTION_BAND(m)"), {"threshold_metric_id": "b"}, {"band": true}, null],
		"as wide as can be": [_banded("ANOMALY_DETECTION_BAND( m , 10.0 )"), {"threshold_metric_id": "b"}, {"band": true}, null],
		"too wide": [
			_banded("ANOMALY_DETECTION_BAND(m, 10.5)"),
			{"threshold_metric_id": "b"},
			{"band": true},
			["fail", "a band of 10.5 standard deviations"],
		],
		"a band of three arguments": [
			_banded("ANOMALY_DETECTION_BAND(m, 2, 3)"),
			{"threshold_metric_id": "b"},
			{"band": true},
			["fail", "b is no band around the metric"],
		],
		"a band around something else": [
			_banded("ANOMALY_DETECTION_BAND(other, 2)"),
			{"threshold_metric_id": "b"},
			{"band": true},
			["fail", "b is no band around the metric"],
		],
		"a band beside the alarm": [
			_banded("ANOMALY_DETECTION_BAND(m, 2)"),
			{"threshold_metric_id": "m"},
			{"band": true},
			["fail", "m is no band around the metric"],
		],
		"a band nobody compares with": [
			_banded("ANOMALY_DETECTION_BAND(m, 2)"),
			{},
			{"band": true},
			["unknown", "metric math is not judged"],
		],
		"a band around what happens once": [
			_banded("ANOMALY_DETECTION_BAND(m, 2)"),
			{"threshold_metric_id": "b"},
			{"once": true},
			["fail", "a band takes what happens often for usual"],
		],
		"a band too late": [
			_banded("ANOMALY_DETECTION_BAND(m, 2)"),
			{"threshold_metric_id": "b", "evaluation_periods": 100},
			{"band": true},
			["fail", "rings after 6000 seconds, 3600 at most"],
		],
	}
	_muted(_alarm(object.union({"metric_query": case[0]}, case[1])), case[2], 1) == case[3]
}

test_metric_math_beside_the_metric_of_the_alarm if {
	one := _alarm({"metric_query": [{"id": "e", "expression": "1 * 0", "return_data": true}]})
	_muted(one, {}, 0) == ["unknown", "metric math is not judged"]
}

test_heard[name] if {
	some name, case in {
		"a closed chain": [_alarm({"alarm_actions": ["arn:t"]}), "unknown", "alarm_actions leads out of the plan"],
		"an open one before all": [_alarm({"actions_enabled": false, "threshold": 9}), "fail", "actions are switched off"],
		"one that keeps quiet": [_alarm({"alarm_actions": ["arn:t"], "threshold": 9}), "fail", "threshold 9 keeps quiet at 1"],
	}
	found := alarm.heard(_it, alarm.metrics(_it)[0], _limit) with input as fixture.plan([case[0]])
	found == {"status": case[1], "actual": case[2]}
}

# What keeps the alarm quiet on the metric of that place, null for nothing.
_muted(one, limit, place) := [found.status, found.actual] if {
	found := alarm.mute(_it, _metric(one, place), object.union(_limit, limit)) with input as fixture.plan([one])
} else := null

_metric(one, place) := found if {
	found := alarm.metrics(_it)[place] with input as fixture.plan([one])
}

_limit := {"most": 1, "each": 1, "seconds": 3600, "unit": "Count", "once": false, "gaps": false, "band": false}

_alarm(values) := fixture.resource("aws_cloudwatch_metric_alarm", "it", fixture.alarm(object.union({"namespace": "N", "metric_name": "M"}, values)))

_query(id, more) := object.union({"id": id, "metric": [{"namespace": "N", "metric_name": "M", "period": 60, "stat": "Sum"}]}, more)

_banded(expression) := [_query("m", {"return_data": true}), {"id": "b", "expression": expression, "return_data": true}]

_from := "GreaterThanOrEqualToThreshold"

_it := "aws_cloudwatch_metric_alarm.it"

test_each_part_that_decides_may_be_dark[name] if {
	some name in [
		"comparison_operator", "datapoints_to_alarm", "evaluation_periods", "extended_statistic", "metric_query", "period",
		"statistic", "threshold", "threshold_metric_id", "treat_missing_data", "unit",
	]
	_muted(fixture.unknown(_alarm({}), [[name]]), {}, 0) == ["unknown", $"{name} known after apply"]
}
