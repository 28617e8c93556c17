# SPDX-License-Identifier: Apache-2.0

package lib.pool_test

import data.lib.fixture
import data.lib.pool

test_a_trigger[name] if {
	some name, case in {
		"nothing is asked": [_pool({}), "pass", "not set"],
		"an empty text asks nobody": [_pool({"lambda_config": [{"define_auth_challenge": ""}]}), "pass", "not set"],
		"another trigger is asked": [_pool({"lambda_config": [{"custom_message": "arn"}]}), "pass", "not set"],
		"a function outside the plan": [_pool({"lambda_config": [{"define_auth_challenge": "arn"}]}), "fail", "arn"],
		"a function of the plan": [
			fixture.referring(_dark, {"lambda_config.define_auth_challenge": ["aws_lambda_function.f"]}),
			"fail", "aws_lambda_function.f",
		],
		"not known": [_dark, "unknown", "known after apply"],
	}
	found := pool.without_trigger("aws_cognito_user_pool.p", "define_auth_challenge") with input as fixture.plan([case[0]])
	[found.attribute, found.status, found.actual] == ["lambda_config.define_auth_challenge", case[1], case[2]]
}

_dark := fixture.unknown(_pool({"lambda_config": [{}]}), [["lambda_config", 0, "define_auth_challenge"]])

_pool(values) := fixture.resource("aws_cognito_user_pool", "p", values)
