# SPDX-License-Identifier: Apache-2.0

package lib.bucket_test

import data.lib.bucket
import data.lib.fixture

_versioning := "aws_s3_bucket_versioning"

_path := ["versioning_configuration", 0, "status"]

_enabled := {"versioning_configuration": [{"status": "Enabled"}]}

test_readings[name] if {
	known := {"status": "known", "value": "Enabled"}
	some name, case in {
		"joined by reference": {"part": fixture.part(_versioning, "v", "raw", _enabled), "want": {"aws_s3_bucket_versioning.v": known}},
		"joined by name": {
			"part": fixture.resource(_versioning, "v", object.union(_enabled, {"bucket": "raw"})),
			"want": {"aws_s3_bucket_versioning.v": known},
		},
		"of another bucket": {
			"part": fixture.resource(_versioning, "v", object.union(_enabled, {"bucket": "elsewhere"})),
			"want": {"aws_s3_bucket.raw": {"status": "not_set"}},
		},
		"instance not known": {
			"part": fixture.ambiguously_referring(fixture.part(_versioning, "v", "raw", _enabled), {"bucket": ["aws_s3_bucket.raw"]}),
			"want": {"aws_s3_bucket.raw": {"status": "unknown"}},
		},
		"bucket not known at all": {
			"part": fixture.unknown(fixture.resource(_versioning, "v", _enabled), [["bucket"]]),
			"want": {"aws_s3_bucket.raw": {"status": "unknown"}},
		},
		"deleted": {
			"part": fixture.deleted(fixture.part(_versioning, "v", "raw", _enabled)),
			"want": {"aws_s3_bucket.raw": {"status": "not_set"}},
		},
	}
	plan := fixture.plan([fixture.bucket("raw", {}), case.part])
	bucket.readings("aws_s3_bucket.raw", _versioning, _path) == case.want with input as plan
}

test_a_part_of_a_data_source_is_no_part_of_ours if {
	source := object.union(fixture.bucket("theirs", {}), {"mode": "data"})
	part := fixture.part(_versioning, "v", "theirs", _enabled)
	plan := fixture.plan([fixture.bucket("raw", {}), source, part])
	want := {"aws_s3_bucket.raw": {"status": "not_set"}}
	bucket.readings("aws_s3_bucket.raw", _versioning, _path) == want with input as plan
}

test_two_parts_are_both_read if {
	plan := fixture.plan([
		fixture.bucket("raw", {}),
		fixture.part(_versioning, "a", "raw", _enabled),
		fixture.part(_versioning, "b", "raw", {"versioning_configuration": [{"status": "Suspended"}]}),
	])
	bucket.readings("aws_s3_bucket.raw", _versioning, _path) == {
		"aws_s3_bucket_versioning.a": {"status": "known", "value": "Enabled"},
		"aws_s3_bucket_versioning.b": {"status": "known", "value": "Suspended"},
	} with input as plan
}

test_a_further_part_that_may_be_the_buckets_is_unknown_beside_the_known_one[name] if {
	suspended := {"versioning_configuration": [{"status": "Suspended"}]}
	known := {"aws_s3_bucket_versioning.a": {"status": "known", "value": "Enabled"}}
	unknown := {"aws_s3_bucket.raw": {"status": "unknown"}}
	some name, case in {
		"bucket not known at all": {
			"part": fixture.unknown(fixture.resource(_versioning, "b", suspended), [["bucket"]]),
			"want": object.union(known, unknown),
		},
		"instance not known": {
			"part": fixture.ambiguously_referring(fixture.part(_versioning, "b", "raw", suspended), {"bucket": ["aws_s3_bucket.raw"]}),
			"want": object.union(known, unknown),
		},
		"instance of others not known": {
			"part": fixture.ambiguously_referring(fixture.part(_versioning, "b", "raw", suspended), {"bucket": ["aws_s3_bucket.another"]}),
			"want": known,
		},
		"surely another's": {"part": fixture.part(_versioning, "b", "another", suspended), "want": known},
	}
	plan := fixture.plan([fixture.bucket("raw", {}), fixture.bucket("another", {}), fixture.part(_versioning, "a", "raw", _enabled), case.part])
	bucket.readings("aws_s3_bucket.raw", _versioning, _path) == case.want with input as plan
}

test_a_further_policy_that_may_be_the_buckets_leaves_its_policy_unknown if {
	policy := "aws_s3_bucket_policy"
	plan := fixture.plan([
		fixture.bucket("raw", {}),
		fixture.part(policy, "a", "raw", {}),
		fixture.unknown(fixture.resource(policy, "b", {}), [["bucket"]]),
	])
	bucket.part_unknown("aws_s3_bucket.raw", policy) with input as plan
}

test_a_further_inventory_takes_nothing_away if {
	inventory := "aws_s3_bucket_inventory"
	plan := fixture.plan([
		fixture.bucket("raw", {}),
		fixture.part(inventory, "a", "raw", {}),
		fixture.unknown(fixture.resource(inventory, "b", {}), [["bucket"]]),
	])
	not bucket.part_unknown("aws_s3_bucket.raw", inventory) with input as plan
}

test_destinations[name] if {
	some name, case in {
		"by ARN": {"value": "arn:aws:s3:::raw", "want": {"aws_s3_bucket.raw"}},
		"by name": {"value": "raw", "want": {"aws_s3_bucket.raw"}},
		"by reference": {"value": null, "want": {"aws_s3_bucket.raw"}},
		"a literal is not overruled by a reference": {"value": "arn:aws:s3:::elsewhere", "want": set()},
	}
	source := fixture.referring(fixture.resource("aws_cloudtrail", "t", {}), {"s3_bucket_name": ["aws_s3_bucket.raw", "aws_kms_key.k"]})
	plan := fixture.plan([fixture.bucket("raw", {}), fixture.resource("aws_kms_key", "k", {}), source])
	bucket.destinations(source, "s3_bucket_name", case.value) == case.want with input as plan
}
