# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_12_test

import data.lib.fixture
import data.part11.p11_10d_12 as control

test_one_user[name] if {
	some name, case in {
		"a logical home passes": [_user("a", "/inbox/acme"), {_type("pass", "LOGICAL"), _root("pass", "/"), _place("pass", "inbox/acme/")}],
		"a directory fails": [
			fixture.resource("aws_transfer_user", "a", {"home_directory_type": "PATH", "home_directory": "/inbox/acme"}),
			{_type("fail", "PATH"), _place("pass", "inbox/acme/")},
		],
		"nothing fails": [
			fixture.resource("aws_transfer_user", "a", {}),
			{_type("fail", "not set"), _place("fail", "not set")},
		],
		"a mapping beside the root fails": [
			fixture.resource("aws_transfer_user", "a", {
				"home_directory_type": "LOGICAL",
				"home_directory_mappings": [{"entry": "/in", "target": "/inbox/acme"}],
			}),
			{_type("pass", "LOGICAL"), _root("fail", "not mapped"), _place("pass", "inbox/acme/")},
		],
		"a whole bucket fails": [_user("a", "/inbox"), {_type("pass", "LOGICAL"), _root("pass", "/"), _place("fail", "the whole bucket inbox/")}],
		"a target not known is unknown": [
			fixture.unknown(
				fixture.resource("aws_transfer_user", "a", {"home_directory_type": "LOGICAL", "home_directory_mappings": [{"entry": "/"}]}),
				[["home_directory_mappings", 0, "target"]],
			),
			{_type("pass", "LOGICAL"), _root("pass", "/"), _place("unknown", "known after apply")},
		],
		"mappings not known are unknown": [
			fixture.unknown(
				fixture.resource("aws_transfer_user", "a", {"home_directory_type": "LOGICAL"}),
				[["home_directory_mappings"]],
			),
			{_type("pass", "LOGICAL"), _root("unknown", "known after apply"), _place("unknown", "known after apply")},
		],
		"an entry not known is unknown": [
			fixture.unknown(
				fixture.resource("aws_transfer_user", "a", {"home_directory_type": "LOGICAL", "home_directory_mappings": [{"target": "/inbox/acme"}]}),
				[["home_directory_mappings", 0, "entry"]],
			),
			{_type("pass", "LOGICAL"), _root("unknown", "known after apply"), _place("pass", "inbox/acme/")},
		],
	}
	plan := fixture.plan([case[0]])
	control.answers == case[1] with input as plan
	not control.not_applicable with input as plan
}

test_two_users[name] if {
	some name, case in {
		"neighbours": ["/inbox/acme2", "pass", "inbox/acme/"],
		"the same place": ["/inbox/acme/", "fail", "inbox/acme/ of aws_transfer_user.a, aws_transfer_user.b"],
		"one within": ["/inbox/acme/2026", "fail", "inbox/acme/ of aws_transfer_user.a, aws_transfer_user.b"],
		"one around": ["/inbox", "fail", "inbox/acme/ of aws_transfer_user.a, aws_transfer_user.b"],
		"another bucket": ["/outbox/acme", "pass", "inbox/acme/"],
	}
	plan := fixture.plan([_user("a", "/inbox/acme"), _user("b", case[0])])
	_place(case[1], case[2]) in control.answers with input as plan
}

test_a_user_beside_one_not_known_is_unknown if {
	dark := fixture.unknown(fixture.resource("aws_transfer_access", "b", {"home_directory_type": "LOGICAL"}), [["home_directory_mappings"]])
	_place("unknown", "known after apply") in control.answers with input as fixture.plan([_user("a", "/inbox/acme"), dark])
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no SFTP user in the plan": fixture.plan([]),
		"does not apply in laboratory": fixture.in_environment(fixture.plan([_user("a", "/inbox")]), "laboratory"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_user(name, target) := fixture.resource("aws_transfer_user", name, {
	"user_name": name,
	"home_directory_type": "LOGICAL",
	"home_directory_mappings": [{"entry": "/", "target": target}],
})

_type(status, actual) := _answer("home_directory_type", status, "LOGICAL", actual)

_root(status, actual) := _answer("home_directory_mappings.entry", status, "/", actual)

_place(status, actual) := _answer("home_directory_mappings.target", status, "a prefix that no other user has a part of", actual)

_answer(attribute, status, expected, actual) := {
	"address": "aws_transfer_user.a",
	"attribute": attribute,
	"status": status,
	"expected": expected,
	"actual": actual,
}
