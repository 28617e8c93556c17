# SPDX-License-Identifier: Apache-2.0

package lib.tag_test

import data.lib.fixture
import data.lib.tag

test_read[name] if {
	some name, case in {
		"own tag": {"values": {"tags": {"Owner": "data"}}, "want": {"status": "known", "value": "data"}},
		"own tag over merged": {
			"values": {"tags": {"Owner": "data"}, "tags_all": {"Owner": "other"}},
			"want": {"status": "known", "value": "data"},
		},
		"merged tag": {"values": {"tags_all": {"Owner": "data"}}, "want": {"status": "known", "value": "data"}},
		"default tag of the provider": {"values": {}, "want": {"status": "known", "value": "default"}},
		"null tags": {"values": {"tags": null}, "want": {"status": "known", "value": "default"}},
	}
	bucket := fixture.bucket("raw", case.values)
	plan := object.union(fixture.plan([bucket]), {"providers": {"aws": {"defaultTags": {"Owner": "default"}}}})
	tag.read(plan.resources[fixture.address(bucket)], "Owner") == case.want with input as plan
}

test_read_is_unknown_when_the_own_tag_is if {
	bucket := fixture.unknown(fixture.bucket("raw", {}), [["tags", "Owner"]])
	plan := fixture.plan([bucket])
	tag.read(bucket, "Owner") == {"status": "unknown"} with input as plan
}

test_read_is_not_set_without_any_tag if {
	bucket := fixture.bucket("raw", {})
	tag.read(bucket, "Owner") == {"status": "not_set"} with input as fixture.plan([bucket])
}

test_part11_role[name] if {
	some name, case in {
		"the role": [fixture.bucket("raw", {"tags": {"Part11Role": "ledger"}}), true, true],
		"another role": [fixture.bucket("raw", {"tags": {"Part11Role": "signature"}}), false, false],
		"no role": [fixture.bucket("raw", {}), false, false],
		"a misspelt role": [fixture.bucket("raw", {"tags": {"Part11Role": "Ledger"}}), false, true],
		"a role not known": [fixture.unknown(fixture.bucket("raw", {}), [["tags", "Part11Role"]]), false, true],
	}
	{said | said := "has"; tag.has_part11_role(case[0], "ledger")} == {said | said := "has"; case[1]} with input as fixture.plan([case[0]])
	{said | said := "may"; tag.may_have_part11_role(case[0], "ledger")} == {said | said := "may"; case[2]} with input as fixture.plan([case[0]])
}

test_what_a_resource_was_it_goes_on_being_judged_as if {
	was := object.union(fixture.resource("aws_dynamodb_table", "t", {"tags": {"Part11Role": "ci"}}), {"before": {"tags": {"Part11Role": "ledger"}}})
	tag.may_have_part11_role(was, "ledger") with input as fixture.plan([was])
	not tag.has_part11_role(was, "ledger") with input as fixture.plan([was])
}

test_some_part11_role[name] if {
	some name, case in {
		"a role": [fixture.bucket("raw", {"tags": {"Part11Role": "ingest"}}), true],
		"no role": [fixture.bucket("raw", {"tags": {"Name": "x"}}), false],
		"a role until now": [fixture.deleted(fixture.bucket("raw", {"tags": {"Part11Role": "ingest"}})), true],
		"no role until now": [fixture.deleted(fixture.bucket("raw", {})), false],
		"a role before this plan alone": [object.union(fixture.bucket("raw", {}), {"before": {"tags": {"Part11Role": "ingest"}}}), true],
	}
	found := {name | tag.in_a_part11_role(case[0])} with input as fixture.plan([case[0]])
	found == {name | case[1]}
}

test_every_part11_role_is_a_role_of_its_own[role] if {
	some role in ["ledger", "signature", "ingest", "sign", "identity-provider", "deliveries", "human", "ci", "sender"]
	of := fixture.bucket("raw", {"tags": {"Part11Role": role}})
	{one | some one in ["ledger", "signature", "sign"]; tag.may_have_part11_role(of, one)} == {"ledger", "signature", "sign"} & {role} with input as fixture.plan([of])
}
