# SPDX-License-Identifier: Apache-2.0

package lib.resource_test

import data.lib.fixture
import data.lib.resource

test_existing_leaves_out_what_goes if {
	kept := fixture.bucket("kept", {})
	replaced := object.union(fixture.bucket("replaced", {}), {"actions": ["delete", "create"]})
	deleted := fixture.deleted(fixture.bucket("deleted", {}))
	forgotten := object.union(fixture.bucket("forgotten", {}), {"actions": ["forget"]})
	twice_gone := object.union(fixture.bucket("twice_gone", {}), {"actions": ["delete", "forget"]})
	deposed := object.union(fixture.bucket("deposed", {}), {"deposed": "a1b2"})
	plan := fixture.plan([kept, replaced, deleted, forgotten, twice_gone, deposed])
	resource.existing("aws_s3_bucket") == ["aws_s3_bucket.kept", "aws_s3_bucket.replaced"] with input as plan
}

test_existing_is_empty_for_a_type_that_is_not_there if resource.existing("aws_kms_key") == [] with input as fixture.plan([])

test_a_data_source_does_not_exist_in_the_plan if {
	not resource.exists(object.union(fixture.bucket("raw", {}), {"mode": "data"}))
}

test_referred_separates_sure_from_possible if {
	sure := fixture.referring(fixture.bucket("a", {}), {"role": ["aws_iam_role.x"]})
	perhaps := fixture.ambiguously_referring(fixture.bucket("b", {}), {"role": ["aws_iam_role.x"]})
	resource.referred(sure, "role") == {"aws_iam_role.x"}
	resource.possibly_referred(sure, "role") == set()
	resource.referred(perhaps, "role") == set()
	resource.possibly_referred(perhaps, "role") == {"aws_iam_role.x"}
	resource.referred(sure, "other") == set()
}

test_inline_blocks_of_buckets[address] if {
	some address, inline in {
		"aws_s3_bucket.raw (inline versioning)": true,
		"aws_s3_bucket.raw": false,
		`aws_s3_bucket.raw["x (inline versioning)"]`: false,
		`aws_s3_bucket.raw["x (inline versioning)"] (deposed 4d5e6f70)`: false,
	}
	found := {address | resource.inline(address)}
	found == {address | inline}
}
