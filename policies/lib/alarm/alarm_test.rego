# SPDX-License-Identifier: Apache-2.0

package lib.alarm_test

import data.lib.alarm
import data.lib.fixture

_it := "aws_cloudwatch_metric_alarm.it"

_alarm(values) := fixture.resource("aws_cloudwatch_metric_alarm", "it", object.union(
	fixture.alarm({"namespace": "N", "metric_name": "M", "alarm_actions": ["arn:t"]}),
	values,
))

_to_topic(of) := fixture.referring(of, {"alarm_actions": ["aws_sns_topic.t"]})

_topic := fixture.resource("aws_sns_topic", "t", {})

_subscribed := [_topic, fixture.referring(fixture.resource("aws_sns_topic_subscription", "s", {}), {"topic_arn": ["aws_sns_topic.t"]})]

test_verdicts[name] if {
	some name, case in {
		"closed": [[_to_topic(_alarm({}))], _subscribed, "pass", "aws_sns_topic.t"],
		"actions off": [[_to_topic(_alarm({"actions_enabled": false}))], _subscribed, "fail", "actions are switched off"],
		"actions not known": [
			[fixture.unknown(_to_topic(_alarm({})), [["actions_enabled"]])],
			_subscribed,
			"unknown",
			"actions_enabled known after apply",
		],
		"missing data not stated": [
			[object.union(_to_topic(_alarm({})), {"configured": []})],
			_subscribed,
			"fail",
			"treat_missing_data not stated",
		],
		"nobody subscribed": [[_to_topic(_alarm({}))], [_topic], "fail", "aws_sns_topic.t has no subscription"],
		"no action": [[_alarm({"alarm_actions": null})], _subscribed, "fail", "no alarm_actions"],
		"empty actions": [[_alarm({"alarm_actions": []})], _subscribed, "fail", "no alarm_actions"],
		"a topic that keeps the service out": [
			[_to_topic(_alarm({}))],
			[object.union(_topic, {"values": {"kms_master_key_id": "alias/aws/sns"}}), _subscribed[1]],
			"fail",
			"AWS's own key of aws_sns_topic.t does not let cloudwatch.amazonaws.com in",
		],
		"a topic elsewhere": [[_alarm({})], _subscribed, "unknown", "alarm_actions leads out of the plan"],
		"a topic that goes": [[_to_topic(_alarm({}))], [fixture.deleted(_topic)], "unknown", "alarm_actions leads out of the plan"],
	}
	alarm.verdicts == {_it: {"status": case[2], "actual": case[3]}} with input as fixture.plan(array.concat(case[0], case[1]))
}

test_metrics_are_found_in_queries_too if {
	query := _alarm({"namespace": null, "metric_name": null, "metric_query": [
		{"id": "band", "expression": "ANOMALY_DETECTION_BAND(m, 2)"},
		{"id": "m", "metric": [{"namespace": "AWS/S3", "metric_name": "BytesUploaded", "dimensions": {"BucketName": "b"}}]},
	]})
	alarm.by_dimension == {"AWS/S3 BytesUploaded": {"b": {_it}}} with input as fixture.plan([query])
	alarm.by_metric == {"AWS/S3 BytesUploaded": {_it}} with input as fixture.plan([query])
	alarm.by_metric == {"N M": {_it}} with input as fixture.plan([_alarm({})])
}

test_best_of_several if {
	good := {"status": "pass", "actual": "a"}
	dark := {"status": "unknown", "actual": "b"}
	bad := {"status": "fail", "actual": "c"}
	alarm.best([bad, dark, good]) == good
	alarm.best([bad, dark]) == dark
	alarm.best([bad]) == bad
}

test_of_several_as_good_the_first_by_its_text[status] if {
	some status in ["pass", "unknown", "fail"]
	all := [{"status": status, "actual": actual} | some actual in ["b", "a", "c"]]
	alarm.best(all) == {"status": status, "actual": "a"}
}

# ---- what listens to the trail --------------------------------------------------------------------------------------

_trail := fixture.referring(fixture.resource("aws_cloudtrail", "t", {}), {"cloud_watch_logs_group_arn": ["aws_cloudwatch_log_group.g"]})

_filter(group) := fixture.referring(
	fixture.resource("aws_cloudwatch_log_metric_filter", "f", {"pattern": "P", "metric_transformation": [{"namespace": "N", "name": "M"}]}),
	{"log_group_name": [group]},
)

_counting(transformation) := object.union(
	_filter("aws_cloudwatch_log_group.g"),
	{"values": {"metric_transformation": [object.union({"namespace": "N", "name": "M"}, transformation)]}},
)

_rule(values) := fixture.resource("aws_cloudwatch_event_rule", "r", object.union({"event_pattern": "E"}, values))

_target := fixture.referring(fixture.resource("aws_cloudwatch_event_target", "x", {"arn": "arn:t"}), {
	"rule": ["aws_cloudwatch_event_rule.r"],
	"arn": ["aws_sns_topic.t"],
})

_admitting := [{
	"address": "aws_sns_topic_policy.t", "attribute": "policy", "use": "resource", "subjects": ["aws_sns_topic.t"],
	"statements": [fixture.statement({
		"principals": [{"type": "Service", "value": "cloudwatch.amazonaws.com"}, {"type": "Service", "value": "events.amazonaws.com"}],
		"actions": ["sns:publish"],
	})],
}]

test_listeners[name] if {
	some name, case in {
		"filter with alarm": [
			[_filter("aws_cloudwatch_log_group.g"), _to_topic(_alarm({}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "pass", "aws_sns_topic.t"],
		],
		"filter without alarm": [
			[_filter("aws_cloudwatch_log_group.g")],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "fail", "no alarm on its metric"],
		],
		"filter with an alarm without dimensions": [
			[_filter("aws_cloudwatch_log_group.g"), _to_topic(_alarm({"dimensions": {}}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "pass", "aws_sns_topic.t"],
		],
		"filter with an alarm on a dimension": [
			[_filter("aws_cloudwatch_log_group.g"), _to_topic(_alarm({"dimensions": {"User": "nobody"}}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "fail", "no alarm on its metric"],
		],
		"filter with an alarm on dimensions not known": [
			[_filter("aws_cloudwatch_log_group.g"), fixture.unknown(_to_topic(_alarm({})), [["dimensions", "User"]])],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "fail", "no alarm on its metric"],
		],
		"filter whose metric is divided": [
			[_counting({"dimensions": {"User": "$.user"}}), _to_topic(_alarm({}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "fail", "no alarm on its metric"],
		],
		"filter with an alarm in another region": [
			[_filter("aws_cloudwatch_log_group.g"), object.union(_to_topic(_alarm({})), {"region": "us-east-1"})],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "fail", "no alarm on its metric"],
		],
		"filter with an alarm in a region not known": [
			[_filter("aws_cloudwatch_log_group.g"), object.union(_to_topic(_alarm({})), {"region": null})],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "pass", "aws_sns_topic.t"],
		],
		"filter that adds nothing": [
			[_counting({"value": "0"}), _to_topic(_alarm({}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "fail", "threshold 0 keeps quiet at 0"],
		],
		"filter that adds what the line says": [
			[_counting({"value": "$.size"}), _to_topic(_alarm({}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "fail", "threshold 0 keeps quiet at 0"],
		],
		"filter that adds two": [
			[_counting({"value": "2"}), _to_topic(_alarm({"threshold": 1}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "pass", "aws_sns_topic.t"],
		],
		"filter with an alarm on the average": [
			[_filter("aws_cloudwatch_log_group.g"), _to_topic(_alarm({"statistic": "Average"}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "pass", "aws_sns_topic.t"],
		],
		"filter with an alarm above the average": [
			[_counting({"value": "2"}), _to_topic(_alarm({"statistic": "Average", "threshold": 2}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "fail", "threshold 2 keeps quiet at 2"],
		],
		"filter without unit": [
			[_filter("aws_cloudwatch_log_group.g"), _to_topic(_alarm({"unit": "None"}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "pass", "aws_sns_topic.t"],
		],
		"filter in another unit than the alarm": [
			[_counting({"unit": "Count"}), _to_topic(_alarm({"unit": "Seconds"}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "fail", "waits for the unit Seconds, the metric has Count"],
		],
		"filter in the unit of the alarm": [
			[_counting({"unit": "Count"}), _to_topic(_alarm({"unit": "Count"}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "pass", "aws_sns_topic.t"],
		],
		"filter with a value not known": [
			[fixture.unknown(_filter("aws_cloudwatch_log_group.g"), [["metric_transformation", 0, "value"]]), _to_topic(_alarm({}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "unknown", "metric_transformation known after apply"],
		],
		"filter with an alarm that asks for two data points": [
			[_filter("aws_cloudwatch_log_group.g"), _to_topic(_alarm({"evaluation_periods": 2, "treat_missing_data": "notBreaching"}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "fail", "2 data points are asked for, one occurrence gives one"],
		],
		"filter without default and an alarm that asks for two": [
			[_filter("aws_cloudwatch_log_group.g"), _to_topic(_alarm({"evaluation_periods": 2}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "pass", "aws_sns_topic.t"],
		],
		"filter with an empty default and an alarm that asks for two": [
			[_counting({"default_value": ""}), _to_topic(_alarm({"evaluation_periods": 2}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "pass", "aws_sns_topic.t"],
		],
		"filter with default and an alarm that asks for two": [
			[_counting({"default_value": "0"}), _to_topic(_alarm({"evaluation_periods": 2}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "fail", "2 data points are asked for, one occurrence gives one"],
		],
		"filter elsewhere": [
			[_filter("aws_cloudwatch_log_group.other"), _to_topic(_alarm({}))],
			["aws_cloudwatch_log_metric_filter.f", "pattern", "P", "fail", "not on a log group that a trail delivers to"],
		],
		"filter not known": [
			[fixture.unknown(_filter("aws_cloudwatch_log_group.other"), [["pattern"]])],
			["aws_cloudwatch_log_metric_filter.f", "pattern", null, "fail", "not on a log group that a trail delivers to"],
		],
		"rule": [[_rule({}), _target], ["aws_cloudwatch_event_rule.r", "event_pattern", "E", "pass", "aws_sns_topic.t"]],
		"rule enabled": [[_rule({"state": "ENABLED"}), _target], ["aws_cloudwatch_event_rule.r", "event_pattern", "E", "pass", "aws_sns_topic.t"]],
		"rule without text": [
			[_rule({"event_pattern": null}), _target],
			["aws_cloudwatch_event_rule.r", "event_pattern", "", "pass", "aws_sns_topic.t"],
		],
		"rule switched off": [
			[_rule({"state": "DISABLED"}), _target],
			["aws_cloudwatch_event_rule.r", "event_pattern", "E", "fail", "the rule is switched off"],
		],
		"rule not enabled": [
			[_rule({"is_enabled": false}), _target],
			["aws_cloudwatch_event_rule.r", "event_pattern", "E", "fail", "the rule is switched off"],
		],
		"rule whose state is not known": [
			[fixture.unknown(_rule({}), [["state"]]), _target],
			["aws_cloudwatch_event_rule.r", "event_pattern", "E", "unknown", "state known after apply"],
		],
		"rule without target": [[_rule({})], ["aws_cloudwatch_event_rule.r", "event_pattern", "E", "fail", "the rule has no target"]],
	}
	plan := fixture.with_policies(fixture.plan(array.concat(array.concat([_trail], case[0]), _subscribed)), _admitting)
	[[one.address, one.attribute, one.text, one.status, one.actual] | some one in alarm.listeners] == [case[1]] with input as plan
}

test_a_rule_on_a_topic_that_keeps_event_rules_out if {
	plan := fixture.plan(array.concat([_rule({}), _target], _subscribed))
	[[one.status, one.actual] | some one in alarm.listeners] == [["fail", "aws_sns_topic.t does not let events.amazonaws.com publish"]] with input as plan
}
