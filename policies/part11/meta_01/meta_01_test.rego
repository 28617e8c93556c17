# SPDX-License-Identifier: Apache-2.0

package part11.meta_01_test

import data.lib.answer
import data.lib.fixture
import data.part11.meta_01 as control

test_a_whole_plan_passes if {
	control.answers == {
		answer.passed("plan", "format_version", "1.x", "1.2"),
		answer.passed("plan", "complete", "true", "true"),
		answer.passed("plan", "errored", "false", "false"),
	} with input as fixture.plan([])
}

test_answers[name] if {
	some name, case in {
		"format 2.0 fails": {"meta": {"formatVersion": "2.0"}, "want": answer.failed("plan", "format_version", "1.x", "2.0")},
		"format 10.1 is not 1.x": {"meta": {"formatVersion": "10.1"}, "want": answer.failed("plan", "format_version", "1.x", "10.1")},
		"format missing is unknown": {"meta": {"formatVersion": null}, "want": answer.unknown("plan", "format_version", "1.x", "known after apply")},
		"incomplete fails": {"meta": {"complete": false}, "want": answer.failed("plan", "complete", "true", "false")},
		"completeness missing is unknown": {"meta": {"complete": null}, "want": answer.unknown("plan", "complete", "true", "known after apply")},
		"errored fails": {"meta": {"errored": true}, "want": answer.failed("plan", "errored", "false", "true")},
		"errored missing is unknown": {"meta": {"errored": null}, "want": answer.unknown("plan", "errored", "false", "known after apply")},
	}
	plan := object.union(fixture.plan([]), {"meta": case.meta})
	{found | some found in control.answers; found.status != "pass"} == {case.want} with input as plan
}
