# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_17_test

import data.lib.fixture
import data.part11.p11_10c_17 as control

test_answers[name] if {
	some name, case in {
		"a locked mirror passes": [[_ledger({}), _mirror("ledger"), _lock(7)], ["pass", "aws_s3_bucket.mirror", _expected]],
		"a mirror of signatures fails": [[_ledger({}), _mirror("signature"), _lock(7)], ["fail", _nowhere, _expected]],
		"a mirror locked too short fails": [[_ledger({}), _mirror("ledger"), _lock(6)], ["fail", _nowhere, _expected]],
		"nothing fails": [[_ledger({})], ["fail", _nowhere, _expected]],
		"a longer class needs more": [
			[_ledger({"RecordClass": "tmf"}), _mirror("ledger"), _lock(7)],
			["fail", _nowhere, "a locked vault or bucket for 9132 days"],
		],
		"a class not known is unknown": [
			[_ledger({"RecordClass": "unheard-of"}), _mirror("ledger"), _lock(7)],
			["unknown", "record class not known", "a locked vault or bucket"],
		],
	}
	plan := fixture.plan(case[0])
	[[found.address, found.attribute, found.status, found.actual, found.expected] | some found in control.answers] == [array.concat(["aws_dynamodb_table.ledger", "min_retention_days"], case[1])] with input as plan
	not control.not_applicable with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no ledger table in the plan": fixture.plan([fixture.resource("aws_dynamodb_table", "t", {})]),
		"does not apply in development": fixture.in_environment(fixture.plan([_ledger({})]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_expected := "a locked vault or bucket for 2557 days"

_nowhere := "in no locked vault or bucket for so long"

_ledger(tags) := fixture.resource("aws_dynamodb_table", "ledger", {"name": "ledger", "tags": object.union({"Part11Role": "ledger"}, tags)})

_mirror(role) := fixture.bucket("mirror", {"tags": {"Part11Role": role}})

_lock(years) := fixture.lock("mirror", {"mode": "COMPLIANCE", "years": years})
