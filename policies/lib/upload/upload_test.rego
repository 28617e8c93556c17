# SPDX-License-Identifier: Apache-2.0

package lib.upload_test

import data.lib.fixture
import data.lib.upload

test_verdict[name] if {
	some name, case in {
		"every upload": [{}, "pass", _it],
		"this server by reference": [{"detail": {"server-id": ["${aws_transfer_server.s.id}"]}}, "pass", _it],
		"this server by id": [{"detail": {"server-id": ["s-1"]}}, "pass", _it],
		"another server": [{"detail": {"server-id": ["s-2"]}}, "fail", _none],
		"some users": [{"detail": {"server-id": ["s-1"], "username": ["a"]}}, "fail", _none],
		"of some account": [{"account": ["111122223333"]}, "unknown", $"event_pattern of {_it} not readable"],
		"a star is no wildcard here": [{"detail": {"server-id": ["*"]}}, "fail", _none],
	}
	pattern := object.union({"source": ["aws.transfer"], "detail-type": ["SFTP Server File Upload Completed"]}, case[0])
	rule := fixture.written(fixture.resource("aws_cloudwatch_event_rule", "r", {}), "event_pattern", json.marshal(pattern))
	plan := fixture.plan([_server, rule, _target])
	upload.verdict("aws_transfer_server.s", "completed") == {"status": case[1], "actual": case[2]} with input as plan
}

test_the_other_outcome_is_another_event if {
	rule := fixture.resource("aws_cloudwatch_event_rule", "r", {"event_pattern": `{"source": ["aws.transfer"], "detail-type": ["SFTP Server File Upload Failed"]}`})
	plan := fixture.plan([_server, rule, _target])
	upload.verdict("aws_transfer_server.s", "completed") == {"status": "fail", "actual": _none} with input as plan
	upload.verdict("aws_transfer_server.s", "failed").status == "pass" with input as plan
}

test_a_rule_without_a_target_tells_nobody if {
	rule := fixture.resource("aws_cloudwatch_event_rule", "r", {"event_pattern": `{"source": ["aws.transfer"]}`})
	found := upload.verdict("aws_transfer_server.s", "completed") with input as fixture.plan([_server, rule])
	found == {"status": "fail", "actual": "the rule has no target"}
}

test_of_several_rules_the_first_by_address_is_named[status] if {
	some status, fields in {
		"pass": {},
		"unknown": {"account": ["111122223333"]},
	}
	pattern := json.marshal(object.union({"source": ["aws.transfer"]}, fields))
	names := ["r3", "r1", "r2", "r"]
	rules := [fixture.resource("aws_cloudwatch_event_rule", name, {"event_pattern": pattern}) | some name in names]
	targets := [target |
		some name in names
		target := fixture.referring(fixture.resource("aws_cloudwatch_event_target", name, {}), {"rule": [$"aws_cloudwatch_event_rule.{name}"]})
	]
	found := upload.verdict("aws_transfer_server.s", "completed") with input as fixture.plan(array.concat([_server], array.concat(rules, targets)))
	found.status == status
	regex.match(`aws_cloudwatch_event_rule\.r($| )`, found.actual)
}

_server := fixture.resource("aws_transfer_server", "s", {"id": "s-1"})

_target := fixture.referring(fixture.resource("aws_cloudwatch_event_target", "t", {}), {"rule": [_it]})

_it := "aws_cloudwatch_event_rule.r"

_none := "no event rule on SFTP Server File Upload Completed"
