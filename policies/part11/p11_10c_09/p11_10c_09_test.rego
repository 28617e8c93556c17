# SPDX-License-Identifier: Apache-2.0

package part11.p11_10c_09_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10c_09 as control

test_key_by_reference_passes if {
	control.answers == {_kms, _markers, answer.passed(_part, _key_path, _key, "aws_kms_key.copy")} with input as _plan(_by_reference([_rule]))
}

test_key_by_arn_passes if {
	rule := object.union(_rule, {"destination": [{"encryption_configuration": [{"replica_kms_key_id": _arn}]}]})
	control.answers == {_kms, _markers, answer.passed(_part, _key_path, _key, _arn)} with input as _plan(_replication([rule]))
}

test_answers[name] if {
	some name, case in {
		"KMS objects left out": {
			"part": _by_reference([object.remove(_rule, ["source_selection_criteria"])]),
			"want": answer.failed(_part, _kms_path, "Enabled", "not set"),
		},
		"delete markers replicated": {
			"part": _by_reference([object.union(_rule, {"delete_marker_replication": [{"status": "Enabled"}]})]),
			"want": answer.failed(_part, "rule.delete_marker_replication.status", "Disabled", "Enabled"),
		},
		"delete markers not said": {
			"part": _by_reference([object.remove(_rule, ["delete_marker_replication"])]),
			"want": answer.failed(_part, "rule.delete_marker_replication.status", "Disabled", "not set"),
		},
		"no key": {"part": _replication([_rule]), "want": answer.failed(_part, _key_path, _key, "not set")},
		"a key that is none": {
			"part": _replication([object.union(_rule, {"destination": [{"encryption_configuration": [{"replica_kms_key_id": "x"}]}]})]),
			"want": answer.failed(_part, _key_path, _key, "x"),
		},
		"a key from elsewhere, not known": {
			"part": fixture.unknown(_replication([_rule]), [_key_segments]),
			"want": answer.unknown(_part, _key_path, _key, "known after apply"),
		},
	}
	{found | some found in control.answers; found.status != "pass"} == {case.want} with input as _plan(case.part)
}

test_a_rule_for_a_prefix_is_judged_beside_the_one_for_the_whole_bucket[name] if {
	some name, case in {
		"delete markers replicated": {
			"change": {"delete_marker_replication": [{"status": "Enabled"}]},
			"want": {answer.failed(_part, "rule.delete_marker_replication.status", "Disabled", "Enabled")},
		},
		"KMS objects left out": {"change": {"source_selection_criteria": []}, "want": {answer.failed(_part, _kms_path, "Enabled", "not set")}},
		"no key": {"change": {"destination": [{}]}, "want": {answer.failed(_part, _key_path, _key, "not set")}},
		"off": {"change": {"status": "Disabled", "destination": [{}]}, "want": set()},
	}
	prefix := object.union(_by_arn, object.union({"filter": [{"prefix": "clinical/"}]}, case.change))
	{found | some found in control.answers; found.status != "pass"} == case.want with input as _plan(_replication([_by_arn, prefix]))
}

test_a_key_that_is_not_known_does_not_pass_for_the_reference_of_another_rule[name] if {
	stranger := fixture.resource("aws_ssm_parameter", "stranger", {})
	some name, refs in {
		"surely referred to": fixture.referring({}, {"bucket": ["aws_s3_bucket.raw"], _key_path: ["aws_kms_key.copy", "aws_ssm_parameter.stranger"]}).refs,
		"one of several keys": {
			"bucket": fixture.referring({}, {"bucket": ["aws_s3_bucket.raw"]}).refs.bucket,
			_key_path: array.concat(
				fixture.referring({}, {"k": ["aws_kms_key.copy"]}).refs.k,
				fixture.ambiguously_referring({}, {"k": ["aws_ssm_parameter.stranger"]}).refs.k,
			),
		},
	}
	part := object.union(_by_reference([_rule]), {"refs": refs})
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), fixture.resource("aws_kms_key", "copy", {}), stranger, part])
	want := {_kms, _markers, answer.unknown(_part, _key_path, _key, "known after apply")}
	control.answers == want with input as plan
}

test_no_rule_to_judge_is_unknown if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "record")])
	want := {answer.unknown("aws_s3_bucket.raw", "rule", "a replication rule for the whole bucket", "none to judge")}
	control.answers == want with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record, audit or evidence bucket in the plan": fixture.plan([fixture.tagged_bucket("results", "results")]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}

_plan(part) := fixture.plan([fixture.tagged_bucket("raw", "record"), fixture.resource("aws_kms_key", "copy", {}), part])

_replication(rules) := fixture.part("aws_s3_bucket_replication_configuration", "raw", "raw", {"rule": rules})

_by_reference(rules) := object.union(
	fixture.unknown(_replication(rules), [_key_segments]),
	{"refs": fixture.referring({}, {"bucket": ["aws_s3_bucket.raw"], _key_path: ["aws_kms_key.copy"]}).refs},
)

_rule := {
	"status": "Enabled",
	"source_selection_criteria": [{"sse_kms_encrypted_objects": [{"status": "Enabled"}]}],
	"delete_marker_replication": [{"status": "Disabled"}],
	"destination": [{"encryption_configuration": [{}]}],
}

_by_arn := object.union(_rule, {"destination": [{"encryption_configuration": [{"replica_kms_key_id": _arn}]}]})

_kms := answer.passed(_part, _kms_path, "Enabled", "Enabled")

_markers := answer.passed(_part, "rule.delete_marker_replication.status", "Disabled", "Disabled")

_key_segments := ["rule", 0, "destination", 0, "encryption_configuration", 0, "replica_kms_key_id"]

_key_path := "rule.destination.encryption_configuration.replica_kms_key_id"

_kms_path := "rule.source_selection_criteria.sse_kms_encrypted_objects.status"

_key := "a KMS key in the replica's region"

_arn := "arn:aws:kms:eu-central-1:111122223333:key/1234"

_part := "aws_s3_bucket_replication_configuration.raw"

test_every_kind_of_key_passes_by_reference[type] if {
	some type in ["aws_kms_key", "aws_kms_replica_key", "aws_kms_alias"]
	key := fixture.resource(type, "other", {})
	part := object.union(
		fixture.unknown(_replication([_rule]), [_key_segments]),
		{"refs": fixture.referring({}, {"bucket": ["aws_s3_bucket.raw"], _key_path: [fixture.address(key)]}).refs},
	)
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), key, part])
	answer.passed(_part, _key_path, _key, fixture.address(key)) in control.answers with input as plan
}
