# SPDX-License-Identifier: Apache-2.0

package part11_main_test

import data.lib.fixture
import data.part11_main

test_every_control_answers_or_does_not_apply if _proven(fixture.plan([fixture.tagged_bucket("raw", "record")]))

test_every_control_answers_or_does_not_apply_in_development if {
	_proven(fixture.in_environment(fixture.plan([fixture.tagged_bucket("raw", "record")]), "development"))
}

test_every_control_answers_or_does_not_apply_without_resources if _proven(fixture.plan([]))

test_every_package_is_there if {
	decision := part11_main.decide with input as fixture.plan([])
	{name | some name, _ in decision.controls} == {name | some name, _ in data.part11; not endswith(name, "_test")}
}

test_all_packages_are_known_without_facts if {
	known := part11_main.packages with input as {}
	known == {name | some name, _ in data.part11; not endswith(name, "_test")}
}

test_an_unknown_answer_of_a_critical_control_fails_meta_02 if {
	lock := fixture.unknown(fixture.lock("raw", {"years": 7}), [["rule", 0, "default_retention", 0, "mode"]])
	decision := part11_main.decide with input as fixture.plan([fixture.tagged_bucket("raw", "record"), lock])
	some found in decision.controls.meta_02.answers
	found.status == "fail"
	found.address == "aws_s3_bucket_object_lock_configuration.raw"
}

test_evaluated_lists_the_resources_that_were_seen if {
	plan := object.union(fixture.plan([fixture.bucket("raw", {})]), {"byType": {"aws_kms_key": ["aws_kms_key.absent"]}})
	decision := part11_main.decide with input as plan
	decision.evaluated == ["aws_s3_bucket.raw"]
}

test_a_part_says_what_the_whole_says_of_its_controls if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "record")])
	whole := part11_main.decide with input as plan
	part := part11_main.part with input as {"controls": ["p11_10c_01", "p11_10g_01"]} with data.facts as plan
	part == {
		"controls": {name: whole.controls[name] | some name in ["p11_10c_01", "p11_10g_01"]},
		"evaluated": whole.evaluated,
	}
}

test_an_unknown_control_has_no_part if {
	part := part11_main.part with input as {"controls": ["p11_10c_99"]} with data.facts as fixture.plan([])
	part.controls == {}
}

test_the_answers_of_the_parts_give_those_of_meta_02 if {
	plan := fixture.plan([fixture.tagged_bucket("raw", "record")])
	whole := part11_main.decide with input as plan
	last := part11_main.of_answers with input as {"controls": object.remove(whole.controls, ["meta_02"])}
	last.controls.meta_02 == whole.controls.meta_02
}

_proven(plan) if {
	decision := part11_main.decide with input as plan
	every control in decision.controls {
		_one_of_both(control)
	}
}

_one_of_both(control) if {
	control.not_applicable == null
	count(control.answers) > 0
}

_one_of_both(control) if {
	is_string(control.not_applicable)
	count(control.answers) == 0
}
