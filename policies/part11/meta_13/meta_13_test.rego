# SPDX-License-Identifier: Apache-2.0

package part11.meta_13_test

import data.lib.fixture
import data.part11.meta_13 as control

test_lifecycle[name] if {
	some name, case in {
		"nothing ignored passes": {"lifecycle": {"preventDestroy": true, "ignoreChanges": []}, "want": ["pass", "none"]},
		"one attribute ignored fails": {"lifecycle": {"preventDestroy": true, "ignoreChanges": ["policy"]}, "want": ["fail", "policy"]},
		"everything ignored fails": {"lifecycle": {"preventDestroy": true, "ignoreChanges": ["all"]}, "want": ["fail", "all"]},
		"without a synth it is unknown": {"lifecycle": null, "want": ["unknown", "not known without --synth"]},
	}
	plan := fixture.plan([object.union(fixture.bucket("raw", {}), {"lifecycle": case.lifecycle})])
	{[found.status, found.actual] | some found in control.answers} == {case.want} with input as plan
	{found.attribute | some found in control.answers} == {"lifecycle.ignore_changes"} with input as plan
}

test_not_applicable[reason] if {
	some reason, plan in {
		"no record-bearing resource in the plan": fixture.plan([]),
		"does not apply in development": fixture.in_environment(fixture.plan([fixture.bucket("raw", {})]), "development"),
	}
	control.not_applicable == reason with input as plan
	control.answers == set() with input as plan
}
