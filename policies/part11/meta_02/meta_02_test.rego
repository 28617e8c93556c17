# SPDX-License-Identifier: Apache-2.0

package part11.meta_02_test

import data.lib.answer
import data.part11.meta_02 as control

test_no_unknown_answer_passes if {
	want := {answer.passed("plan", "unknown", "no unknown answer of a critical control", "none")}
	control.answers_about({"p11_10c_02": {"answers": {answer.failed("a", "mode", "x", "y")}}}) == want
}

test_an_unknown_answer_of_a_critical_control_fails_with_its_address if {
	control.answers_about({
		"p11_10c_02": {"answers": {
			answer.unknown("bucket.raw", "mode", "COMPLIANCE", "known after apply"),
			answer.passed("bucket.audit", "mode", "COMPLIANCE", "COMPLIANCE"),
		}},
		"p11_10c_06": {"answers": {answer.unknown("bucket.raw", "rule", "rules", "known after apply")}},
	}) == {answer.failed("bucket.raw", "mode", "P11-10c-02: COMPLIANCE", "known after apply")}
}

test_one_critical_control_is_a_list if {
	found := control.answers_about({}) with data.part11_data.critical_controls as ["p11_10c_02"]
	{one.status | some one in found} == {"pass"}
}

test_without_a_list_of_critical_controls_there_is_no_answer if {
	not control.answers_about({}) with data.part11_data.critical_controls as []
}
