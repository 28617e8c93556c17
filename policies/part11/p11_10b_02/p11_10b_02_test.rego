# SPDX-License-Identifier: Apache-2.0

package part11.p11_10b_02_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10b_02 as control

test_a_complete_inventory_passes[name] if {
	some name, values in {"as is": {}, "enabled by default": {"enabled": null}}
	plan := fixture.plan([_bucket, _inventory("all", values)])
	{[found.attribute, found.status] | some found in control.answers} == {
		["enabled", "pass"],
		["included_object_versions", "pass"],
		["filter.prefix", "pass"],
		["optional_fields", "pass"],
	} with input as plan
	not control.not_applicable with input as plan
}

test_each_setting_is_judged[name] if {
	some name, case in {
		"disabled": [{"enabled": false}, answer.failed(_address, "enabled", "true", "false")],
		"a prefix only": [{"filter": [{"prefix": "nothing/"}]}, answer.failed(_address, "filter.prefix", "", "nothing/")],
		"current versions": [
			{"included_object_versions": "Current"},
			answer.failed(_address, "included_object_versions", "All", "Current"),
		],
		"a field missing": [
			{"optional_fields": ["ChecksumAlgorithm", "ObjectLockLegalHoldStatus", "ObjectLockMode", "ObjectLockRetainUntilDate"]},
			answer.failed(_address, "optional_fields", _fields, "missing ReplicationStatus"),
		],
	}
	case[1] in control.answers with input as fixture.plan([_bucket, _inventory("all", case[0])])
}

test_fields_not_known_are_unknown if {
	plan := fixture.plan([_bucket, fixture.unknown(_inventory("all", {"optional_fields": null}), [["optional_fields"]])])
	answer.unknown(_address, "optional_fields", _fields, "known after apply") in control.answers with input as plan
}

test_a_filter_not_known_is_unknown if {
	plan := fixture.plan([_bucket, fixture.unknown(_inventory("all", {}), [["filter"]])])
	answer.unknown(_address, "filter.prefix", "", "known after apply") in control.answers with input as plan
}

test_one_complete_inventory_is_enough if {
	plan := fixture.plan([_bucket, _inventory("all", {}), _inventory("current", {"included_object_versions": "Current"})])
	{[found.address, found.status] | some found in control.answers} == {[_address, "pass"]} with input as plan
}

test_no_inventory[name] if {
	some name, case in {
		"none fails": [
			fixture.bucket("other", {}),
			answer.failed("aws_s3_bucket.raw", "included_object_versions", "an inventory of all versions", "no inventory"),
		],
		"another instance's is unknown": [
			fixture.ambiguously_referring(_inventory("all", {}), {"bucket": ["aws_s3_bucket.raw"]}),
			answer.unknown("aws_s3_bucket.raw", "included_object_versions", "an inventory of all versions", "known after apply"),
		],
	}
	control.answers == {case[1]} with input as fixture.plan([_bucket, case[0]])
}

test_no_record_bucket_is_not_applicable if {
	control.not_applicable == "no record bucket in the plan" with input as fixture.plan([fixture.tagged_bucket("raw", "inbox")])
	control.answers == set() with input as fixture.plan([fixture.tagged_bucket("raw", "inbox")])
}

_address := "aws_s3_bucket_inventory.all"

_fields := "ChecksumAlgorithm, ObjectLockLegalHoldStatus, ObjectLockMode, ObjectLockRetainUntilDate, ReplicationStatus"

_bucket := fixture.tagged_bucket("raw", "record")

_inventory(name, values) := fixture.part("aws_s3_bucket_inventory", name, "raw", object.union(
	{"enabled": true, "included_object_versions": "All", "optional_fields": split(_fields, ", ")},
	values,
))

test_a_further_filter_not_known_is_unknown if {
	inventory := fixture.unknown(_inventory("all", {"filter": [{"prefix": ""}]}), [["filter", 1]])
	answer.unknown(_address, "filter.prefix", "", "known after apply") in control.answers with input as fixture.plan([_bucket, inventory])
}
