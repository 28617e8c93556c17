# SPDX-License-Identifier: Apache-2.0

package lib.alarm_topic_test

import data.lib.alarm
import data.lib.fixture

test_subscriptions[name] if {
	some name, case in {
		"nobody": [[], "fail", $"{_topic} has no subscription"],
		"somebody": [[_subscription({})], "pass", _topic],
		"with an empty filter": [[_subscription({"filter_policy": "{}"})], "pass", _topic],
		"with a filter of no text": [[_subscription({"filter_policy": ""})], "pass", _topic],
		"with a filter on attributes": [
			[_subscription({"filter_policy": `{"kind":["none"]}`})],
			"fail",
			"aws_sns_topic_subscription.s filters every message away",
		],
		"with a filter that takes what has none": [
			[_subscription({"filter_policy": `{"kind":[{"exists":false}]}`})],
			"unknown",
			"filter_policy of aws_sns_topic_subscription.s is not judged",
		],
		"with a filter on the body": [
			[_subscription({"filter_policy": `{"AlarmName":["a"]}`, "filter_policy_scope": "MessageBody"})],
			"unknown",
			"filter_policy of aws_sns_topic_subscription.s is not judged",
		],
		"with a filter not known": [
			[fixture.unknown(_subscription({}), [["filter_policy"]])],
			"unknown",
			"filter_policy of aws_sns_topic_subscription.s known after apply",
		],
		"with a scope not known": [
			[fixture.unknown(_subscription({"filter_policy": `{"AlarmName":["a"]}`}), [["filter_policy_scope"]])],
			"unknown",
			"filter_policy of aws_sns_topic_subscription.s known after apply",
		],
	}
	_notified(array.concat([_unencrypted], case[0]), [], "cloudwatch") == {"status": case[1], "actual": case[2]}
}

test_topic_policies[name] if {
	some name, case in {
		"none, for alarms": [[], "cloudwatch", "pass"],
		"none, for event rules": [[], "events", "fail"],
		"names the service": [[_policy([_allow("events", "sns:publish")])], "events", "pass"],
		"lets it do everything": [[_policy([_allow("events", "sns:*")])], "events", "pass"],
		"names another service": [[_policy([_allow("events", "sns:publish")])], "cloudwatch", "fail"],
		"names another action": [[_policy([_allow("events", "sns:subscribe")])], "events", "fail"],
		"names everybody": [[_policy([_everybody({})])], "events", "pass"],
		"takes it back from the service": [
			[_policy([_allow("events", "sns:publish"), object.union(_allow("events", "sns:*"), {"effect": "Deny"})])],
			"events",
			"fail",
		],
		"takes it back from everybody": [[_policy([_everybody({}), _everybody({"effect": "Deny"})])], "cloudwatch", "fail"],
		"takes it back from another": [
			[_policy([_allow("events", "sns:publish"), object.union(_allow("cloudwatch", "sns:publish"), {"effect": "Deny"})])],
			"events",
			"pass",
		],
		"takes it back over plain HTTP": [
			[_policy([_everybody({}), _everybody({
				"effect": "Deny",
				"conditions": [{"operator": "Bool", "key": "aws:securetransport", "values": ["false"]}],
			})])],
			"cloudwatch",
			"pass",
		],
		"is not known": [[object.union(_policy([]), {"origin": "unknown"})], "cloudwatch", "unknown"],
		"may be on this topic": [[object.union(_policy([]), {"subjects": []})], "cloudwatch", "unknown"],
		"may be on this topic, which has its own": [
			[object.union(_policy([_everybody({})]), {"address": _topic}), object.union(_policy([]), {"subjects": []})],
			"cloudwatch",
			"pass",
		],
	}
	_notified([_unencrypted, _subscription({})], case[0], case[1]).status == case[2]
}

test_what_is_said_of_topic_policies[name] if {
	some name, case in {
		"names another service": [
			_policy([_allow("events", "sns:publish")]),
			"fail",
			$"{_topic} does not let cloudwatch.amazonaws.com publish",
		],
		"takes it back": [
			_policy([_everybody({}), _everybody({"effect": "Deny"})]),
			"fail",
			$"{_topic} does not let cloudwatch.amazonaws.com publish",
		],
		"is not known": [object.union(_policy([]), {"origin": "unknown"}), "unknown", $"the policy of {_topic} is not known"],
	}
	_notified([_unencrypted, _subscription({})], [case[0]], "cloudwatch") == {"status": case[1], "actual": case[2]}
}

test_keys[name] if {
	some name, case in {
		"that lets it in": [_key([_allow("cloudwatch", "kms:decrypt"), _allow("cloudwatch", "kms:generatedatakey*")]), "pass", _topic],
		"that lets it in by both names": [
			_key([_allow("cloudwatch", "kms:decrypt"), _allow("cloudwatch", "kms:generatedatakey")]),
			"pass",
			_topic,
		],
		"that lets it decrypt only": [
			_key([_allow("cloudwatch", "kms:decrypt")]),
			"fail",
			"aws_kms_key.k does not let cloudwatch.amazonaws.com in",
		],
		"that lets another in": [_key([_allow("events", "kms:*")]), "fail", "aws_kms_key.k does not let cloudwatch.amazonaws.com in"],
		"that forbids it": [
			_key([object.union(_allow("cloudwatch", "kms:*"), {"effect": "Deny"})]),
			"fail",
			"aws_kms_key.k does not let cloudwatch.amazonaws.com in",
		],
		"not known": [
			object.union(_key([]), {"origin": "unknown"}),
			"unknown",
			$"the policy of the key of {_topic} is not known",
		],
	}
	encrypted := fixture.referring(fixture.resource("aws_sns_topic", "t", {}), {"kms_master_key_id": ["aws_kms_key.k"]})
	found := _notified([encrypted, fixture.resource("aws_kms_key", "k", {}), _subscription({})], [case[0]], "cloudwatch")
	found == {"status": case[1], "actual": case[2]}
}

test_keys_elsewhere[name] if {
	some name, case in {
		"AWS's own": ["alias/aws/sns", {
			"status": "fail",
			"actual": "AWS's own key of aws_sns_topic.t does not let cloudwatch.amazonaws.com in",
		}],
		"one of another plan": ["arn:aws:kms:eu-west-1:111122223333:key/k", {"status": "pass", "actual": _topic}],
	}
	encrypted := fixture.resource("aws_sns_topic", "t", {"kms_master_key_id": case[0]})
	_notified([encrypted, _subscription({})], [], "cloudwatch") == case[1]
}

_notified(resources, policies, service) := found if {
	one := fixture.referring(fixture.resource("aws_cloudwatch_metric_alarm", "it", {}), {"alarm_actions": [_topic]})
	unplaced := fixture.resource("aws_sns_topic_policy", "p", {})
	plan := fixture.with_policies(fixture.plan(array.concat([one, unplaced], resources)), policies)
	found := alarm.notified("aws_cloudwatch_metric_alarm.it", "alarm_actions", $"{service}.amazonaws.com") with input as plan
}

_unencrypted := fixture.resource("aws_sns_topic", "t", {})

_subscription(values) := fixture.referring(fixture.resource("aws_sns_topic_subscription", "s", values), {"topic_arn": [_topic]})

_policy(statements) := {
	"address": "aws_sns_topic_policy.p", "attribute": "policy", "use": "resource",
	"subjects": [_topic], "statements": statements,
}

_key(statements) := {"address": "aws_kms_key.k", "attribute": "policy", "use": "resource", "subjects": ["aws_kms_key.k"], "statements": statements}

_allow(service, action) := fixture.statement({
	"principals": [{"type": "Service", "value": $"{service}.amazonaws.com"}],
	"actions": [action],
	"resources": ["*"],
})

_everybody(fields) := fixture.statement(object.union({"principals": [{"type": "*", "value": "*"}], "actions": ["sns:publish"]}, fields))

_topic := "aws_sns_topic.t"
