# SPDX-License-Identifier: Apache-2.0

package part11.p11_200_01_test

import data.lib.fixture
import data.part11.p11_200_01 as control

test_answers[name] if {
	some type in ["aws_cognito_user_pool"]
	some name, case in {
		"ON passes": {"of": _of(type, {"mfa_configuration": "ON"}), "want": ["pass", "ON"]},
		"OPTIONAL fails": {"of": _of(type, {"mfa_configuration": "OPTIONAL"}), "want": ["fail", "OPTIONAL"]},
		"OFF fails": {"of": _of(type, {"mfa_configuration": "OFF"}), "want": ["fail", "OFF"]},
		"not set fails": {"of": _of(type, {}), "want": ["fail", "not set"]},
		"not known is unknown": {
			"of": fixture.unknown(_of(type, {}), [["mfa_configuration"]]),
			"want": ["unknown", "known after apply"],
		},
	}
	plan := fixture.plan([case.of])
	answers := [[found.address, found.attribute, found.expected, found.status, found.actual] | some found in control.answers] with input as plan
	answers == [array.concat([fixture.address(case.of), "mfa_configuration", "ON"], case.want)]
	not control.not_applicable with input as plan
}

test_what_is_deleted_is_not_judged if {
	plan := fixture.plan([fixture.deleted(_of("aws_cognito_user_pool", {}))])
	control.answers == set() with input as plan
}

test_not_applicable_without_one if {
	control.not_applicable == "no user pool in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_of(type, values) := fixture.resource(type, "signers", values)
