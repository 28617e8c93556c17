# SPDX-License-Identifier: Apache-2.0

package lib.event_sample_test

import data.lib.event
import data.lib.fixture

test_misses[name] if {
	some name, case in {
		"everything named": [{"source": ["aws.cloudtrail"], "detail-type": ["AWS API Call via CloudTrail"], "detail": {"eventName": ["StopLogging"]}}, false],
		"nothing named": [{"detail": {}}, false],
		"another name": [{"detail": {"eventName": ["DeleteTrail"]}}, true],
		"no name": [{"detail": {"eventName": []}}, true],
		"several names": [{"detail": {"eventName": ["DeleteTrail", "StopLogging"]}}, false],
		"a prefix": [{"detail": {"eventName": [{"prefix": "Stop"}]}}, false],
		"anything but it": [{"detail": {"eventName": [{"anything-but": ["StopLogging"]}]}}, true],
		"anything but it alone": [{"detail": {"eventName": [{"anything-but": "StopLogging"}]}}, true],
		"anything but another": [{"detail": {"eventName": [{"anything-but": ["DeleteTrail"]}]}}, false],
		"another source": [{"source": ["aws.s3"], "detail": {"eventName": ["StopLogging"]}}, true],
		"another detail-type": [{"detail-type": ["AWS Console Sign In via CloudTrail"]}, true],
		"a field that is not there": [{"detail": {"errorCode": ["AccessDenied"]}}, true],
		"no such field": [{"detail": {"errorCode": [{"exists": false}]}}, false],
		"a field within": [{"detail": {"userIdentity": {"type": ["Root"]}}}, true],
		"a field that is not known": [{"detail": {"awsRegion": ["nowhere"]}}, false],
	}
	_missed({"event_pattern": json.marshal(case[0])}) == case[1]
}

test_misses_by_rule[name] if {
	some name, case in {
		"another bus": [{"event_pattern": "{}", "event_bus_name": "own"}, true],
		"a schedule": [{"schedule_expression": "rate(1 day)"}, true],
		"not readable": [{"event_pattern": "{"}, false],
	}
	_missed(case[0]) == case[1]
}

_missed(values) if {
	event.misses("aws_cloudwatch_event_rule.r", _fields) with input as fixture.plan([fixture.resource("aws_cloudwatch_event_rule", "r", values)])
} else := false

_fields := {"eventName": "StopLogging", "eventSource": "cloudtrail.amazonaws.com", "errorCode": null, "userIdentity.type": "IAMUser"}
