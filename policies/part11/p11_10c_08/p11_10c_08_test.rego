# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_08_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_08 as control

test_answers[name] if {
	copy := "aws_s3_bucket_object_lock_configuration.copy"
	some name, case in {
		"the same years": {"copy": {"years": 7}, "want": answer.passed(copy, _attribute, ">= 2557 days", "2557")},
		"longer": {"copy": {"years": 8}, "want": answer.passed(copy, _attribute, ">= 2557 days", "2922")},
		"shorter": {"copy": {"days": 2556}, "want": answer.failed(copy, _attribute, ">= 2557 days", "2556")},
		"no period": {"copy": {"mode": "COMPLIANCE"}, "want": answer.failed(copy, _attribute, ">= 2557 days", "not set")},
	}
	plan := _plan([fixture.lock("raw", {"years": 7}), fixture.lock("copy", case.copy)])
	control.answers == {case.want} with input as plan
}

test_a_copy_without_lock_fails if {
	plan := _plan([fixture.lock("raw", {"years": 7})])
	control.answers == {answer.failed("aws_s3_bucket.copy", _attribute, ">= 2557 days", "not set")} with input as plan
}

test_a_copy_whose_lock_is_not_known_is_unknown if {
	lock := fixture.unknown(fixture.lock("copy", {}), [["rule", 0, "default_retention", 0, "days"]])
	want := {answer.unknown("aws_s3_bucket_object_lock_configuration.copy", _attribute, ">= 2557 days", "known after apply")}
	control.answers == want with input as _plan([fixture.lock("raw", {"years": 7}), lock])
}

test_a_source_without_lock_is_no_measure if {
	plan := _plan([fixture.lock("copy", {"years": 7})])
	want := {answer.unknown(
		"aws_s3_bucket_object_lock_configuration.copy", _attribute,
		"at least the lock of the source", "the source's lock is not known",
	)}
	control.answers == want with input as plan
}

test_a_copy_outside_the_plan_is_unknown if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), fixture.lock("raw", {"years": 7}), _replication])
	control.answers == {_outside} with input as plan
}

test_a_rule_for_a_prefix_is_judged_beside_the_one_for_the_whole_bucket[name] if {
	copy := answer.passed("aws_s3_bucket_object_lock_configuration.copy", _attribute, ">= 2557 days", "2557")
	some name, case in {
		"to a bucket without lock": {
			"rule": _prefix_to("open"),
			"want": {copy, answer.failed("aws_s3_bucket.open", _attribute, ">= 2557 days", "not set")},
		},
		"to a bucket outside the plan": {"rule": _prefix_to("stranger"), "want": {copy, _outside}},
		"off": {"rule": object.union(_prefix_to("open"), {"status": "Disabled"}), "want": {copy}},
	}
	plan := fixture.plan([
		fixture.tagged_bucket("raw", "record"),
		fixture.tagged_bucket("copy", "replica"),
		fixture.bucket("open", {}),
		fixture.lock("raw", {"years": 7}),
		fixture.lock("copy", {"years": 7}),
		object.union(_replication, {"values": {"rule": array.concat(_replication.values.rule, [case.rule])}}),
	])
	control.answers == case.want with input as plan
}

test_no_replication_is_unknown_here if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), fixture.lock("raw", {"years": 7})])
	control.answers == {_outside} with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record, audit or evidence bucket in the plan": fixture.plan([fixture.tagged_bucket("results", "results")]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_plan(locks) := fixture.plan(array.concat(
	[fixture.tagged_bucket("raw", "record"), fixture.tagged_bucket("copy", "replica"), _replication],
	locks,
))

_replication := fixture.part("aws_s3_bucket_replication_configuration", "raw", "raw", {"rule": [{
	"status": "Enabled",
	"destination": [{"bucket": "arn:aws:s3:::copy"}],
}]})

_prefix_to(name) := {"status": "Enabled", "filter": [{"prefix": "clinical/"}], "destination": [{"bucket": $"arn:aws:s3:::{name}"}]}

_outside := answer.unknown("aws_s3_bucket.raw", "rule.destination.bucket", "a locked bucket of this plan", "not in the plan")

_attribute := "rule.default_retention"
