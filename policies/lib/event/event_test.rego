# SPDX-License-Identifier: Apache-2.0

package lib.event_test

import data.lib.event
import data.lib.fixture

test_hears[name] if {
	some name, case in {
		"both named": [{"source": ["aws.s3"], "detail-type": ["Object Created"]}, "yes"],
		"one of several": [{"source": ["aws.ec2", "aws.s3"], "detail-type": ["Object Created", "Object Deleted"]}, "yes"],
		"no source named": [{"detail-type": ["Object Created"]}, "yes"],
		"no detail-type named": [{"source": ["aws.s3"], "detail": {"bucket": {"name": ["a"]}}}, "yes"],
		"a prefix": [{"source": [{"prefix": "aws."}]}, "yes"],
		"a suffix": [{"source": ["aws.s3"], "detail-type": [{"suffix": " Created"}]}, "yes"],
		"a wildcard": [{"source": ["aws.s3"], "detail-type": [{"wildcard": "Object *"}]}, "yes"],
		"whatever the case": [{"source": ["aws.s3"], "detail-type": [{"equals-ignore-case": "object created"}]}, "yes"],
		"another source": [{"source": ["aws.transfer"]}, "no"],
		"another detail-type": [{"source": ["aws.s3"], "detail-type": ["Object Deleted"]}, "no"],
		"another prefix": [{"source": [{"prefix": "com."}]}, "no"],
		"no list": [{"source": "aws.s3"}, "no"],
		"an operator that is not understood": [{"source": [{"anything-but": ["aws.ec2"]}]}, "unknown"],
		"an operator within one": [{"source": [{"prefix": {"equals-ignore-case": "AWS."}}]}, "unknown"],
		"two operators": [{"source": [{"prefix": "aws.", "suffix": "x"}]}, "no"],
		"a matcher that is no text": [{"source": [1]}, "unknown"],
		"a reference that may be it": [{"source": ["${aws_x.x.name}"]}, "unknown"],
		"a prefix with a reference": [{"source": [{"prefix": "${aws_x.x.name}"}]}, "unknown"],
		"narrowed otherwise": [{"source": ["aws.s3"], "account": ["111122223333"]}, "unknown"],
		"no pattern of another source though narrowed": [{"source": ["aws.ec2"], "account": ["111122223333"]}, "no"],
		"a detail that is none": [{"source": ["aws.s3"], "detail": []}, "unknown"],
		"no object": [["aws.s3"], "unknown"],
		"an object in the place of the list": [{"source": {"a": "aws.s3"}}, "no"],
		"another text whatever the case": [{"source": [{"equals-ignore-case": "aws.ec2"}]}, "no"],
		"another wildcard": [{"source": [{"wildcard": "aws.e*"}]}, "no"],
		"no pattern of another kind though an operator is not understood": [{"source": [{"anything-but": ["aws.ec2"]}], "detail-type": ["Object Deleted"]}, "no"],
	}
	event.hears(_it, "aws.s3", "Object Created") == case[1] with input as _plan({"event_pattern": json.marshal(case[0])})
}

test_hears_by_text[name] if {
	some name, case in {
		"no pattern": [_rule({"schedule_expression": "rate(1 day)"}), "no"],
		"broken JSON": [_rule({"event_pattern": `{"source": `}), "unknown"],
		"not known yet": [fixture.unknown(_rule({}), [["event_pattern"]]), "unknown"],
		"as written": [fixture.written(_rule({}), "event_pattern", `{"source": ["aws.s3"], "detail": {"bucket": {"name": ["${aws_s3_bucket.a.id}"]}}}`), "yes"],
	}
	event.hears(_it, "aws.s3", "Object Created") == case[1] with input as fixture.plan([case[0]])
}

test_hears_on_a_bus[name] if {
	some name, case in {
		"the default bus": [_rule({"event_bus_name": "default"}), "yes"],
		"another bus": [_rule({"event_bus_name": "own"}), "no"],
		"a bus not known yet": [fixture.unknown(_rule({}), [["event_bus_name"]]), "unknown"],
		"no bus": [_rule({"event_bus_name": ""}), "yes"],
	}
	rule := object.union(case[0], {"values": {"event_pattern": `{"source": ["aws.s3"]}`}})
	event.hears(_it, "aws.s3", "Object Created") == case[1] with input as fixture.plan([rule])
}

test_detail if {
	event.detail(_it) == {"a": [1]} with input as _plan({"event_pattern": `{"detail": {"a": [1]}}`})
	event.detail(_it) == {} with input as _plan({"event_pattern": `{"source": ["aws.s3"]}`})
	not event.detail(_it) with input as _plan({"event_pattern": `{"detail": 1}`})
	not event.detail(_it) with input as _plan({"event_pattern": `[]`})
}

test_silent[name] if {
	some name, case in {
		"on by default": [_rule({}), set()],
		"on": [_rule({"state": "ENABLED", "is_enabled": true}), set()],
		"off": [_rule({"state": "DISABLED"}), {["fail", "the rule is switched off"]}],
		"off, as it was said before": [_rule({"is_enabled": false}), {["fail", "the rule is switched off"]}],
		"a state not known yet": [fixture.unknown(_rule({}), [["state"]]), {["unknown", "state known after apply"]}],
		"neither known yet": [
			fixture.unknown(_rule({}), [["is_enabled"], ["state"]]),
			{["unknown", "is_enabled, state known after apply"]},
		],
		"as it was said before, not known yet": [
			fixture.unknown(_rule({}), [["is_enabled"]]),
			{["unknown", "is_enabled known after apply"]},
		],
	}
	plan := fixture.plan([case[0], _target])
	{[found.status, found.actual] | found := event.silent(_it)} == case[1] with input as plan
}

test_a_rule_without_target_is_silent if {
	event.silent(_it) == {"status": "fail", "actual": "the rule has no target"} with input as fixture.plan([_rule({}), fixture.deleted(_target)])
}

test_targets if event.targets(_it) == {"aws_cloudwatch_event_target.t"} with input as fixture.plan([_rule({}), _target])

_plan(values) := fixture.plan([_rule(values)])

_rule(values) := fixture.resource("aws_cloudwatch_event_rule", "r", values)

_target := fixture.referring(fixture.resource("aws_cloudwatch_event_target", "t", {}), {"rule": [_it]})

_it := "aws_cloudwatch_event_rule.r"
