# SPDX-License-Identifier: Apache-2.0

package lib.table_kept_test

import data.lib.fixture
import data.lib.table

test_a_backup_plan_into_a_locked_vault[name] if {
	some name, case in {
		"by reference": [[_selection({}), _plan({}), _lock({})], "pass", "archive"],
		"kept for ever": [[_selection({}), _plan({"lifecycle": []}), _lock({})], "pass", "archive"],
		"deleted a day early": [[_selection({}), _plan({"lifecycle": [{"delete_after": 2556}]}), _lock({})], "fail", _nowhere],
		"vault lets go a day early": [[_selection({}), _plan({}), _lock({"min_retention_days": 2556})], "fail", _nowhere],
		"vault without a minimum": [[_selection({}), _plan({}), _lock({"min_retention_days": null})], "fail", _nowhere],
		"vault in governance mode": [[_selection({}), _plan({}), _lock({"changeable_for_days": null})], "fail", _nowhere],
		"another vault locked": [[_selection({}), _plan({}), _lock({"backup_vault_name": "other"})], "fail", _nowhere],
		"a vault of another region locked": [[_selection({}), _plan({}), object.union(_lock({}), {"region": "eu-north-1"})], "fail", _nowhere],
		"no lock": [[_selection({}), _plan({})], "fail", _nowhere],
		"no plan": [[fixture.referring(fixture.resource("aws_backup_selection", "s", {}), {"resources": [_ledger]}), _lock({})], "unknown", "known after apply"],
		"no selection": [[_plan({}), _lock({})], "fail", _nowhere],
		"a selection with conditions": [[_selection({"condition": [{}]}), _plan({}), _lock({})], "fail", _nowhere],
		"a selection that leaves out": [[_selection({"not_resources": ["arn:x"]}), _plan({}), _lock({})], "fail", _nowhere],
		"a selection by tag beside": [[_selection({"selection_tag": [_stringequals("Backup", "yes")]}), _plan({}), _lock({})], "fail", _nowhere],
		"minimum not known": [
			[_selection({}), _plan({}), fixture.unknown(_lock({"min_retention_days": null}), [["min_retention_days"]])],
			"unknown", "known after apply",
		],
		"end not known": [
			[_selection({}), fixture.unknown(_plan({}), [["rule", 0, "lifecycle"]]), _lock({})],
			"unknown", "known after apply",
		],
		"some instance of the table": [
			[fixture.ambiguously_referring(_selection({}), {"resources": [_ledger]}), _plan({}), _lock({})],
			"unknown", "known after apply",
		],
		"tables not known": [[_dark, _plan({}), _lock({})], "unknown", "known after apply"],
		"vault unlocked for two days only": [[_selection({}), _plan({}), _lock({"changeable_for_days": 2})], "fail", _nowhere],
		"a selection that may leave out": [[fixture.unknown(_selection({}), [["not_resources"]]), _plan({}), _lock({})], "fail", _nowhere],
		"a reference to another table": [
			[
				fixture.referring(
					fixture.unknown(fixture.resource("aws_backup_selection", "s", {}), [["resources"]]),
					{"resources": ["aws_dynamodb_table.other"], "plan_id": ["aws_backup_plan.p"]},
				),
				_plan({}), _lock({}),
			],
			"fail", _nowhere,
		],
		"end not known, into a vault that lets go early": [
			[_selection({}), fixture.unknown(_plan({}), [["rule", 0, "lifecycle"]]), _lock({"min_retention_days": 1})],
			"fail", _nowhere,
		],
	}
	table.kept(_ledger, "ledger") == {"status": case[1], "actual": case[2]} with input as fixture.plan(array.concat([_table({})], case[0]))
}

test_selections[name] if {
	some name, case in {
		"everything": [{"resources": ["*"]}, "pass"],
		"every table": [{"resources": ["arn:aws:dynamodb:*:*:table/*"]}, "pass"],
		"tables of a beginning": [{"resources": ["arn:aws:dynamodb:eu-west-1:1:table/led*"]}, "pass"],
		"tables of another region": [{"resources": ["arn:aws:dynamodb:eu-north-1:1:table/*"]}, "fail"],
		"tables of another name": [{"resources": ["arn:aws:dynamodb:*:*:table/x*"]}, "fail"],
		"volumes": [{"resources": ["arn:aws:ec2:*:*:volume/*"]}, "fail"],
		"the table's tag": [{"selection_tag": [_stringequals("Backup", "yes")]}, "pass"],
		"another value": [{"selection_tag": [_stringequals("Backup", "no")]}, "fail"],
		"a tag that is not": [{"selection_tag": [{"type": "STRINGNOTEQUALS", "key": "Backup", "value": "yes"}]}, "fail"],
		"tables of every service": [{"resources": ["arn:aws:*:*:*:table/*"]}, "pass"],
		"the table's tag beside other tables": [
			{"resources": ["arn:aws:dynamodb:eu-west-1:1:table/x"], "selection_tag": [_stringequals("Backup", "yes")]},
			"fail",
		],
	}
	selection := fixture.referring(fixture.resource("aws_backup_selection", "s", case[0]), {"plan_id": ["aws_backup_plan.p"]})
	plan := fixture.plan([_table({"Backup": "yes"}), selection, _plan({}), _lock({})])
	table.kept(_ledger, "ledger").status == case[1] with input as plan
}

test_the_vault_by_reference[name] if {
	some name, case in {
		"with its name": [{"name": "archive"}, "archive"],
		"without": [{}, "aws_backup_vault.v"],
	}
	vault := fixture.resource("aws_backup_vault", "v", case[0])
	target := fixture.referring(
		fixture.unknown(_plan({"target_vault_name": null}), [["rule", 0, "target_vault_name"]]),
		{"rule.target_vault_name": ["aws_backup_vault.v"]},
	)
	lock := fixture.referring(
		fixture.unknown(_lock({"backup_vault_name": null}), [["backup_vault_name"]]),
		{"backup_vault_name": ["aws_backup_vault.v"]},
	)
	table.kept(_ledger, "ledger") == {"status": "pass", "actual": case[1]} with input as fixture.plan([_table({}), _selection({}), target, vault, lock])
}

test_a_locked_mirror[name] if {
	some name, case in {
		"locked": [{"Part11Role": "ledger"}, {"mode": "COMPLIANCE", "years": 7}, "pass"],
		"of another role": [{"Part11Role": "signature"}, {"mode": "COMPLIANCE", "years": 7}, "fail"],
		"of no role": [{}, {"mode": "COMPLIANCE", "years": 7}, "fail"],
		"locked too short": [{"Part11Role": "ledger"}, {"mode": "COMPLIANCE", "years": 6}, "fail"],
		"in governance mode": [{"Part11Role": "ledger"}, {"mode": "GOVERNANCE", "years": 7}, "fail"],
	}
	plan := fixture.plan([_table({}), fixture.bucket("mirror", {"tags": case[0]}), fixture.lock("mirror", case[1])])
	table.kept(_ledger, "ledger").status == case[2] with input as plan
}

test_a_record_class_not_known_is_unknown if {
	plan := fixture.plan([_table({"RecordClass": "unheard-of"})])
	table.kept(_ledger, "ledger") == {"status": "unknown", "actual": "record class not known"} with input as plan
}

test_qualification_keeps_one_day if {
	plan := fixture.plan([_table({}), _selection({}), _plan({"lifecycle": [{"delete_after": 1}]}), _lock({"min_retention_days": 1})])
	table.kept(_ledger, "ledger").status == "pass" with input as fixture.in_environment(plan, "qualification")
}

_ledger := "aws_dynamodb_table.ledger"

_nowhere := "in no locked vault or bucket for so long"

_table(tags) := fixture.resource("aws_dynamodb_table", "ledger", {"name": "ledger", "tags": tags})

_selection(values) := fixture.referring(
	fixture.resource("aws_backup_selection", "s", values),
	{"resources": [_ledger], "plan_id": ["aws_backup_plan.p"]},
)

_dark := fixture.referring(
	fixture.unknown(fixture.resource("aws_backup_selection", "s", {}), [["resources"]]),
	{"plan_id": ["aws_backup_plan.p"]},
)

_plan(overrides) := fixture.resource("aws_backup_plan", "p", {"rule": [object.union(
	{"target_vault_name": "archive", "lifecycle": [{"delete_after": 2557}]},
	overrides,
)]})

_lock(overrides) := fixture.resource("aws_backup_vault_lock_configuration", "l", object.union(
	{"backup_vault_name": "archive", "min_retention_days": 2557, "changeable_for_days": 3},
	overrides,
))

_stringequals(key, value) := {"type": "STRINGEQUALS", "key": key, "value": value}
