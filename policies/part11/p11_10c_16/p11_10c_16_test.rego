# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_16_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_16 as control

test_answers[name] if {
	some name, case in {
		"protected and lasting passes": [{"deletion_protection_enabled": true}, ["pass", "true"], ["pass", "not set"]],
		"time to live off passes": [{"deletion_protection_enabled": true, "ttl": [{"enabled": false}]}, ["pass", "true"], ["pass", "false"]],
		"time to live on fails": [
			{"deletion_protection_enabled": true, "ttl": [{"enabled": true, "attribute_name": "ends"}]},
			["pass", "true"], ["fail", "true"],
		],
		"not protected fails": [{"deletion_protection_enabled": false}, ["fail", "false"], ["pass", "not set"]],
		"protection not set fails": [{}, ["fail", "not set"], ["pass", "not set"]],
	}
	plan := fixture.plan([_ledger(case[0])])
	control.answers == {
		_answer("deletion_protection_enabled", "true", case[1]),
		_answer("ttl.enabled", "false", case[2]),
	} with input as plan
	not control.not_applicable with input as plan
}

test_tables_of_vendors_and_deliveries_stay_as_well[role] if {
	some role in ["identity-provider", "deliveries"]
	some values, statuses in {"kept": {"pass"}, "lost": {"fail"}}
	kept := {"kept": {"deletion_protection_enabled": true}, "lost": {"deletion_protection_enabled": false, "ttl": [{"enabled": true}]}}[values]
	plan := fixture.plan([fixture.resource("aws_dynamodb_table", "t", object.union(kept, {"tags": {"Part11Role": role}}))])
	{found.status | some found in control.answers} == statuses with input as plan
	{found.attribute | some found in control.answers} == {"deletion_protection_enabled", "ttl.enabled"} with input as plan
	control.answers == set() with input as fixture.in_environment(plan, "qualification")
}

test_what_is_not_known_is_unknown if {
	dark := fixture.unknown(_ledger({}), [["deletion_protection_enabled"], ["ttl"]])
	{found.status | some found in control.answers} == {"unknown"} with input as fixture.plan([dark])
}

test_what_is_taken_in_without_a_ledger_is_unknown[name] if {
	some name, case in {
		"no table": [[_function("ingest")], true],
		"a table of another role": [[_function("ingest"), fixture.resource("aws_dynamodb_table", "t", {"tags": {"Part11Role": "deliveries"}})], true],
		"a ledger": [[_function("ingest"), _ledger({})], false],
		"a function that logs users in": [[_function("identity-provider")], false],
	}
	found := {one | some one in control.answers; one.attribute == "tags"} with input as fixture.plan(case[0])
	found == {one |
		one := answer.unknown("aws_lambda_function.f", "tags", "a table with Part11Role = ledger", "no ledger in the plan")
		case[1]
	}
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no table of a ledger, of vendors or deliveries in the plan": fixture.plan([fixture.resource("aws_dynamodb_table", "t", {})]),
		"does not apply in development": fixture.in_environment(fixture.plan([_function("ingest")]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_answer(attribute, expected, [status, actual]) := object.union(
	answer.passed("aws_dynamodb_table.ledger", attribute, expected, actual),
	{"status": status},
)

_ledger(values) := fixture.resource("aws_dynamodb_table", "ledger", object.union({"name": "ledger", "tags": {"Part11Role": "ledger"}}, values))

_function(role) := fixture.resource("aws_lambda_function", "f", {"tags": {"Part11Role": role}})
