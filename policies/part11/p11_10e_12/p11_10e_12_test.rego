# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_12_test

import data.lib.fixture
import data.part11.p11_10e_12 as control

test_answers[name] if {
	some name, case in {
		"a locked copy elsewhere passes": [{}, "pass", "aws_s3_bucket.copy"],
		"no replication fails": [{"rule": fixture.bucket("another", {})}, "fail", "no enabled rule for the whole bucket"],
		"a disabled rule fails": [{"rule": _replication({"status": "Disabled"})}, "fail", "no enabled rule for the whole bucket"],
		"a status not known is unknown": [
			{"rule": fixture.unknown(_replication({"status": null}), [["rule", 0, "status"]])},
			"unknown",
			"known after apply",
		],
		"rules not known are unknown": [{"rule": fixture.unknown(_replication({}), [["rule"]])}, "unknown", "known after apply"],
		"a bucket elsewhere is unknown": [{"copy": fixture.bucket("another", {})}, "unknown", "known after apply"],
		"the same region fails": [{"copy": {"region": "eu-west-1"}}, "fail", "same region"],
		"a region not known is unknown": [{"copy": {"region": null}}, "unknown", "known after apply"],
		"no locks fail": [{"lock": fixture.bucket("a", {}), "copy_lock": fixture.bucket("b", {})}, "fail", "not locked"],
		"a copy without a lock fails": [{"copy_lock": fixture.bucket("b", {})}, "fail", "not locked"],
		"a shorter lock fails": [
			{"copy_lock": fixture.lock("copy", {"mode": "COMPLIANCE", "years": 6})},
			"fail",
			"lock shorter than the source's",
		],
		"a lock not known is unknown": [
			{"copy_lock": fixture.unknown(fixture.lock("copy", {}), [["rule", 0, "default_retention", 0, "years"]])},
			"unknown",
			"known after apply",
		],
	}
	plan := _plan(case[0])
	control.answers == {{
		"address": "aws_s3_bucket.audit",
		"attribute": "rule.destination.bucket",
		"status": case[1],
		"expected": "a copy in another region, locked at least as long",
		"actual": case[2],
	}} with input as plan
	not control.not_applicable with input as plan
}

test_no_audit_bucket_is_not_applicable if {
	control.not_applicable == "no audit bucket in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_replication(overrides) := fixture.part("aws_s3_bucket_replication_configuration", "audit", "audit", {"rule": [object.union(
	{"status": "Enabled", "destination": [{"bucket": "arn:aws:s3:::copy"}]},
	overrides,
)]})

_plan(changes) := fixture.plan([of |
	some of in object.union(
		{
			"audit": fixture.tagged_bucket("audit", "audit"),
			"lock": fixture.lock("audit", {"mode": "COMPLIANCE", "years": 7}),
			"copy": object.union(fixture.tagged_bucket("copy", "replica"), {"region": "eu-central-1"}),
			"copy_lock": fixture.lock("copy", {"mode": "COMPLIANCE", "years": 7}),
			"rule": _replication({}),
		},
		changes,
	)
])
