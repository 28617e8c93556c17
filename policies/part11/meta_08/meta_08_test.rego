# SPDX-License-Identifier: Apache-2.0

package part11.meta_08_test

import data.lib.answer
import data.lib.fixture
import data.part11.meta_08 as control

test_everything_bound_passes if {
	{found.status | some found in control.answers} == {"pass"} with input as fixture.plan([])
	count(control.answers) == 6 with input as fixture.plan([])
}

test_a_plan_without_synth_is_bound_too if {
	plan := object.union(fixture.plan([]), {"meta": {"digests": {"synth": null}}})
	{found.status | some found in control.answers} == {"pass"} with input as plan
}

test_answers[name] if {
	some name, case in {
		"no lock file": {"meta": {"digests": {"lock": null}}, "want": answer.unknown("plan", "digests.lock", _digest, "not given")},
		"no digest of the policies": {"meta": {"digests": {"policy": null}}, "want": answer.unknown("plan", "digests.policy", _digest, "not given")},
		"a digest that is none": {"meta": {"digests": {"plan": "abc"}}, "want": answer.failed("plan", "digests.plan", _digest, "abc")},
		"no version of a tool": {"meta": {"tools": {"opa": null}}, "want": answer.unknown("plan", "tools.opa", "a version", "known after apply")},
		"a version that is none": {"meta": {"tools": {"terraform": "latest"}}, "want": answer.failed("plan", "tools.terraform", "a version", "latest")},
	}
	plan := object.union(fixture.plan([]), {"meta": case.meta})
	{found | some found in control.answers; found.status != "pass"} == {case.want} with input as plan
}

_digest := "SHA-256, 64 hex digits"
