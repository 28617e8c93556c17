# SPDX-License-Identifier: Apache-2.0

package part11.p11_300d_02_test

import data.lib.fixture
import data.part11.p11_300d_02 as control

test_chains[name] if {
	some name, case in {
		"closed passes": [[], ["aws_cloudwatch_log_metric_filter.f", "pass", "aws_sns_topic.t"]],
		"a pattern of JSON passes": [[_filter("{ $.activity-type = \"AUTH_FAILURE\" }")], ["aws_cloudwatch_log_metric_filter.f", "pass", "aws_sns_topic.t"]],
		"another pattern fails": [[_filter("CONNECTED")], [_server, "fail", "no metric filter on AUTH_FAILURE in its log"]],
		"everything but refused logins fails": [
			[_filter("{ $.activity-type != \"AUTH_FAILURE\" }")],
			[_server, "fail", "no metric filter on AUTH_FAILURE in its log"],
		],
		"a pattern that asks for more than a line can be fails": [
			[_filter("{ ($.activity-type = \"AUTH_FAILURE\") && ($.activity-type = \"OPEN\") }")],
			[_server, "fail", "no metric filter on AUTH_FAILURE in its log"],
		],
		"lines without the word fail": [[_filter("ERROR -AUTH_FAILURE")], [_server, "fail", "no metric filter on AUTH_FAILURE in its log"]],
		"a pattern not known is unknown": [
			[fixture.unknown(_filter(null), [["pattern"]])],
			[_server, "unknown", "a pattern known after apply"],
		],
		"a filter on another log fails": [
			[fixture.referring(_filter("AUTH_FAILURE"), {"log_group_name": ["aws_cloudwatch_log_group.other"]})],
			[_server, "fail", "no metric filter on AUTH_FAILURE in its log"],
		],
		"no alarm fails": [[fixture.deleted(_alarm({}))], ["aws_cloudwatch_log_metric_filter.f", "fail", "no alarm on its metric"]],
		"an alarm that does nothing fails": [
			[_alarm({"actions_enabled": false})],
			["aws_cloudwatch_log_metric_filter.f", "fail", "actions are switched off"],
		],
		"an alarm from the hundred and first on fails": [
			[_alarm({"threshold": 100})],
			["aws_cloudwatch_log_metric_filter.f", "fail", "threshold 100 keeps quiet at 100"],
		],
		"an alarm from the hundredth on passes": [
			[_alarm({"threshold": 100, "comparison_operator": "GreaterThanOrEqualToThreshold"})],
			["aws_cloudwatch_log_metric_filter.f", "pass", "aws_sns_topic.t"],
		],
		"an alarm after two of three hours fails": [
			[_alarm({"period": 3600, "evaluation_periods": 3, "datapoints_to_alarm": 2})],
			["aws_cloudwatch_log_metric_filter.f", "fail", "rings after 7200 seconds, 3600 at most"],
		],
		"no subscription fails": [
			[fixture.deleted(fixture.resource("aws_sns_topic_subscription", "s", {}))],
			["aws_cloudwatch_log_metric_filter.f", "fail", "aws_sns_topic.t has no subscription"],
		],
		"no structured log fails": [
			[fixture.resource("aws_transfer_server", "s", {})],
			[_server, "fail", "no metric filter on AUTH_FAILURE in its log"],
		],
		"a log not known is unknown": [
			[fixture.unknown(fixture.resource("aws_transfer_server", "s", {}), [["structured_log_destinations"]])],
			[_server, "unknown", "log groups known after apply"],
		],
	}
	plan := _plan(case[0])
	{[found.address, found.status, found.actual] | some found in control.answers} == {case[1]} with input as plan
	{[found.attribute, found.expected] | some found in control.answers} == {["auth-failure", _expected]} with input as plan
	not control.not_applicable with input as plan
}

test_a_log_of_another_plan_is_joined_by_its_name if {
	plan := _plan([
		fixture.resource("aws_transfer_server", "s", {"structured_log_destinations": ["arn:aws:logs:eu-west-1:111122223333:log-group:sftp:*"]}),
		object.union(fixture.resource("aws_cloudwatch_log_metric_filter", "f", _filter("AUTH_FAILURE").values), {"values": {"log_group_name": "sftp"}}),
	])
	{found.status | some found in control.answers} == {"pass"} with input as plan
}

test_no_server_is_not_applicable if {
	control.not_applicable == "no transfer server in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

# What a test gives stands in place of the link of the same address.
_plan(resources) := fixture.plan(array.concat(resources, [link |
	given := {fixture.address(one) | some one in resources}
	some link in _chain
	not fixture.address(link) in given
]))

_chain := [
	fixture.referring(
		fixture.unknown(fixture.resource("aws_transfer_server", "s", {}), [["structured_log_destinations"]]),
		{"structured_log_destinations": ["aws_cloudwatch_log_group.g"]},
	),
	fixture.resource("aws_cloudwatch_log_group", "g", {"name": "g"}),
	_filter("AUTH_FAILURE"),
	_alarm({}),
	fixture.resource("aws_sns_topic", "t", {}),
	fixture.referring(fixture.resource("aws_sns_topic_subscription", "s", {}), {"topic_arn": ["aws_sns_topic.t"]}),
]

_filter(pattern) := fixture.referring(
	fixture.resource("aws_cloudwatch_log_metric_filter", "f", {
		"pattern": pattern,
		"metric_transformation": [{"name": "AuthFailures", "namespace": "Sftp"}],
	}),
	{"log_group_name": ["aws_cloudwatch_log_group.g"]},
)

_alarm(values) := fixture.referring(
	fixture.resource("aws_cloudwatch_metric_alarm", "a", object.union(
		fixture.alarm({"namespace": "Sftp", "metric_name": "AuthFailures", "threshold": 5}),
		values,
	)),
	{"alarm_actions": ["aws_sns_topic.t"]},
)

_server := "aws_transfer_server.s"

_expected := "a metric filter on AUTH_FAILURE, an alarm, a topic and a subscription"
