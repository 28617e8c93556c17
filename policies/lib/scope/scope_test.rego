# SPDX-License-Identifier: Apache-2.0

package lib.scope_test

import data.lib.fixture
import data.lib.scope

test_buckets_follow_role_and_environment if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), fixture.tagged_bucket("logs", "access-log")])
	scope.buckets(_chain) == {"aws_s3_bucket.raw"} with input as plan
	scope.buckets(_chain) == set() with input as fixture.in_environment(plan, "development")
}

test_existing_follows_the_environment if {
	plan := fixture.plan([fixture.bucket("raw", {})])
	scope.existing(_chain, "aws_s3_bucket") == ["aws_s3_bucket.raw"] with input as plan
	scope.existing(_chain, "aws_s3_bucket") == [] with input as fixture.in_environment(plan, "development")
}

test_types_are_the_resources if scope.types(_chain) == ["aws_s3_bucket"]

test_reason_names_environment_or_trigger if {
	scope.reason(_chain, "bucket") == "no bucket in the plan" with input as fixture.plan([])
	plan := fixture.in_environment(fixture.plan([]), "development")
	scope.reason(_chain, "bucket") == "does not apply in development" with input as plan
}

_chain := [
	{"path": ["part11", "x", "not_applicable"]},
	{
		"annotations": {"custom": {
			"id": "X",
			"environments": ["production"],
			"bucket_roles": ["record"],
			"resources": ["aws_s3_bucket"],
		}},
		"path": ["part11", "x"],
	},
]
