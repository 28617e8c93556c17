# SPDX-License-Identifier: Apache-2.0

package part11.p11_300_07_test

import data.lib.fixture
import data.part11.p11_300_07 as control

test_answers[name] if {
	some type in ["aws_cognito_user_pool_client", "aws_cognito_managed_user_pool_client"]
	some name, case in {
		"ENABLED passes": {"of": _of(type, {"prevent_user_existence_errors": "ENABLED"}), "want": ["pass", "ENABLED"]},
		"LEGACY fails": {"of": _of(type, {"prevent_user_existence_errors": "LEGACY"}), "want": ["fail", "LEGACY"]},
		"not set fails": {"of": _of(type, {}), "want": ["fail", "not set"]},
		"not known is unknown": {
			"of": fixture.unknown(_of(type, {}), [["prevent_user_existence_errors"]]),
			"want": ["unknown", "known after apply"],
		},
	}
	plan := fixture.plan([case.of])
	answers := [[found.address, found.attribute, found.expected, found.status, found.actual] | some found in control.answers] with input as plan
	answers == [array.concat([fixture.address(case.of), "prevent_user_existence_errors", "ENABLED"], case.want)]
	not control.not_applicable with input as plan
}

test_what_is_deleted_is_not_judged if {
	plan := fixture.plan([fixture.deleted(_of("aws_cognito_user_pool_client", {}))])
	control.answers == set() with input as plan
}

test_not_applicable_without_one if {
	control.not_applicable == "no user pool client in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_of(type, values) := fixture.resource(type, "signers", values)
