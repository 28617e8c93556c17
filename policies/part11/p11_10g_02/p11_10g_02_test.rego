# SPDX-License-Identifier: Apache-2.0

package part11.p11_10g_02_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10g_02 as control

test_trust[name] if {
	some name, case in {
		"a second factor passes": [{}, [_said(_account, [_mfa("Bool", "true")])], "pass", _account],
		"a second factor written with a capital passes": [{}, [_said(_account, [_mfa("Bool", "True")])], "pass", _account],
		"a second factor if there is one fails": [{}, [_said(_account, [_mfa("BoolIfExists", "true")])], "fail", _account],
		"no second factor fails": [{}, [_said(_account, [_mfa("Bool", "false")])], "fail", _account],
		"another condition fails": [{}, [_said(_account, [object.union(_mfa("Bool", "true"), {"key": "aws:securetransport"})])], "fail", _account],
		"no condition fails": [{}, [_said(_account, [])], "fail", _account],
		"a second statement without one fails": [{}, [_said(_account, [_mfa("Bool", "true")]), _said(_other, [])], "fail", _other],
		"IAM Identity Center passes": [{}, [_said(_center, [])], "pass", _center],
		"a sender's named role is no person": [{"tags": {"Part11Role": "sender"}}, [_said(_other, []), _said(_account, [_mfa("Bool", "true")])], "pass", _account],
		"an account is no CI": [{"tags": {"Part11Role": "ci"}}, [_said(_account, [])], "fail", _account],
		"not known in full is unknown": [
			{},
			[object.union(_said(_account, [_mfa("Bool", "true")]), {"partial": true})],
			"unknown",
			"not readable before apply",
		],
	}
	plan := _plan(case[0], {"statements": case[1]})
	control.answers == {_trusted(case[2], case[3]), _session("pass", "not set: 3600 s")} with input as plan
	not control.not_applicable with input as plan
}

test_text_not_known_is_unknown if {
	plan := _plan({}, {"origin": "unknown", "statements": []})
	control.answers == {_trusted("unknown", "not readable before apply"), _session("pass", "not set: 3600 s")} with input as plan
}

test_sessions[name] if {
	some name, case in {
		"four hours pass": [{"max_session_duration": 14400}, "pass", "14400"],
		"more fails": [{"max_session_duration": 14401}, "fail", "14401"],
	}
	_session(case[1], case[2]) in control.answers with input as _plan(case[0], {"statements": [_said(_center, [])]})
}

test_a_tag_makes_no_machine_of_a_role_that_does_more[name] if {
	some name, case in {
		"a role tagged ci": {"tag": "ci", "grant": {"actions": ["s3:putobject"]}},
		"a sender that reads": {"tag": "sender", "grant": {"actions": ["s3:putobject", "s3:getobject"]}},
		"a sender of whatever": {"tag": "sender", "grant": {"actions": ["s3:*"]}},
		"a sender of everything else": {"tag": "sender", "grant": {"notActions": ["iam:*"]}},
		"a sender that cannot be read": {"tag": "sender", "grant": {"actions": ["s3:putobject"], "partial": true}},
	}
	grant := {"address": "aws_iam_role_policy.r", "attribute": "policy", "use": "identity", "subjects": ["aws_iam_role.r"], "statements": [fixture.statement(case.grant)]}
	trust := {"address": "aws_iam_role.r", "attribute": "assume_role_policy", "use": "trust", "subjects": ["aws_iam_role.r"], "statements": [_said(_other, [])]}
	role := fixture.resource("aws_iam_role", "r", {"name": "r", "tags": {"Part11Role": case.tag}})
	_trusted("fail", _other) in control.answers with input as fixture.with_policies(fixture.plan([role]), [grant, trust])
}

test_a_session_not_known_is_unknown if {
	dark := fixture.unknown(fixture.resource("aws_iam_role", "r", {"name": "r", "tags": {"Part11Role": "human"}}), [["max_session_duration"]])
	control.answers == {
		answer.passed("aws_iam_role.r", "assume_role_policy", _expected, ""),
		_session("unknown", "known after apply"),
	} with input as fixture.plan([dark])
}

test_not_applicable[name] if {
	some name, case in {
		"a service": [
			_plan({}, {"statements": [fixture.statement({"principals": [{"type": "Service", "value": "s3.amazonaws.com"}]})]}),
			"no role that people take in the plan",
		],
		"a sender": [_plan({"tags": {"Part11Role": "sender"}}, {"statements": [_said(_other, [])]}), "no role that people take in the plan"],
		"qualification": [
			fixture.in_environment(_plan({}, {"statements": [_said(_account, [])]}), "qualification"),
			"does not apply in qualification",
		],
	}
	control.not_applicable == case[1] with input as case[0]
	control.answers == set() with input as case[0]
}

_plan(values, fields) := fixture.with_policies(
	fixture.plan([fixture.resource("aws_iam_role", "r", object.union({"name": "r"}, values))]),
	[object.union({"address": "aws_iam_role.r", "attribute": "assume_role_policy", "use": "trust", "subjects": ["aws_iam_role.r"]}, fields)],
)

_said(value, conditions) := fixture.statement({
	"principals": [{"type": "AWS", "value": value}],
	"actions": ["sts:assumerole"],
	"conditions": conditions,
})

_mfa(operator, value) := {"operator": operator, "key": "aws:multifactorauthpresent", "values": [value]}

_trusted(status, actual) := _answer("assume_role_policy", status, _expected, actual)

_session(status, actual) := _answer("max_session_duration", status, "<= 14400 s", actual)

_answer(attribute, status, expected, actual) := {
	"address": "aws_iam_role.r",
	"attribute": attribute,
	"status": status,
	"expected": expected,
	"actual": actual,
}

_expected := "a second factor of everybody"

_account := "arn:aws:iam::111122223333:root"

_other := "arn:aws:iam::111122223333:role/elsewhere"

_center := "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-central-1/AWSReservedSSO_QA_0123456789abcdef"
