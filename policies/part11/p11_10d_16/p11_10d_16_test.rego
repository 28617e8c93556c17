# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_16_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_16 as control

test_none_passes if {
	control.answers == {answer.passed("plan", "aws_iam_user", _expected, "none")} with input as fixture.plan([])
}

test_each_credential_fails[type] if {
	some type, attribute in {"aws_iam_user": "name", "aws_iam_access_key": "user", "aws_iam_user_login_profile": "user"}
	plan := fixture.plan([fixture.resource(type, "x", {attribute: "x"})])
	control.answers == {answer.failed($"{type}.x", attribute, _expected, type)} with input as plan
}

test_a_user_that_is_deleted_passes if {
	plan := fixture.plan([fixture.deleted(fixture.resource("aws_iam_user", "x", {"name": "x"}))])
	{found.status | some found in control.answers} == {"pass"} with input as plan
}

_expected := "no IAM user, access key or login profile"
