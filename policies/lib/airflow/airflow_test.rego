# SPDX-License-Identifier: Apache-2.0

package lib.airflow_test

import data.lib.airflow
import data.lib.fixture

test_sources[name] if {
	some name, case in {
		"by literal ARN": [_environment({"source_bucket_arn": "arn:aws:s3:::dags"}), {"aws_s3_bucket.dags"}, "arn:aws:s3:::dags"],
		"by reference": [
			fixture.referring(fixture.unknown(_environment({}), [["source_bucket_arn"]]), {"source_bucket_arn": ["aws_s3_bucket.dags"]}),
			{"aws_s3_bucket.dags"},
			"known after apply",
		],
		"one of several buckets": [
			fixture.ambiguously_referring(fixture.unknown(_environment({}), [["source_bucket_arn"]]), {"source_bucket_arn": ["aws_s3_bucket.dags"]}),
			set(),
			"known after apply",
		],
		"a bucket that is deleted": [
			fixture.referring(fixture.unknown(_environment({}), [["source_bucket_arn"]]), {"source_bucket_arn": ["aws_s3_bucket.gone"]}),
			set(),
			"known after apply",
		],
		"a bucket outside the plan": [_environment({"source_bucket_arn": "arn:aws:s3:::other"}), set(), "arn:aws:s3:::other"],
	}
	plan := fixture.plan([case[0], fixture.bucket("dags", {}), fixture.deleted(fixture.bucket("gone", {}))])
	airflow.sources("aws_mwaa_environment.a") == case[1] with input as plan
	airflow.shown("aws_mwaa_environment.a") == case[2] with input as plan
}

_environment(values) := fixture.resource("aws_mwaa_environment", "a", values)
