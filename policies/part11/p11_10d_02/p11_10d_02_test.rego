# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_02_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_02 as control

test_all_four_flags_pass if {
	plan := fixture.plan([_block(_closed)])
	control.answers == {answer.passed(_address, flag, "true", "true") | some flag in _flags} with input as plan
}

test_each_flag_is_judged[flag] if {
	some flag in _flags
	answer.failed(_address, flag, "true", "false") in control.answers with input as fixture.plan([_block(object.union(_closed, {flag: false}))])
	answer.failed(_address, flag, "true", "not set") in control.answers with input as fixture.plan([_block(object.remove(_closed, [flag]))])
}

test_the_account[name] if {
	some name, case in {
		"the provider's": [_block({"account_id": "111122223333"}), {["pass", "111122223333"]}],
		"another": [_block({"account_id": "999999999999"}), {["fail", "999999999999"]}],
		"not said is the provider's": [_block({}), set()],
		"not known": [fixture.unknown(_block({}), [["account_id"]]), {["unknown", "known after apply"]}],
	}
	plan := object.union(fixture.plan([case[0]]), {"providers": {"aws": {"allowedAccountIds": ["111122223333"]}}})
	{[found.status, found.actual] | some found in control.answers; found.attribute == "account_id"} == case[1] with input as plan
}

test_where_the_provider_allows_any_account_none_is_another if {
	plan := fixture.plan([_block(object.union(_closed, {"account_id": "999999999999"}))])
	{found.attribute | some found in control.answers} == _flags with input as plan
}

test_a_flag_not_known_is_unknown if {
	plan := fixture.plan([fixture.unknown(_block({}), [["block_public_acls"]])])
	answer.unknown(_address, "block_public_acls", "true", "known after apply") in control.answers with input as plan
}

test_absent_is_unknown_until_attested if {
	control.answers == {answer.unknown("plan", flag, "true", "no aws_s3_account_public_access_block in the plan") | some flag in _flags} with input as fixture.plan([])
}

test_a_block_that_is_deleted_is_absent if {
	plan := fixture.plan([fixture.deleted(_block(_closed))])
	{found.status | some found in control.answers} == {"unknown"} with input as plan
}

_flags := {"block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"}

_closed := {flag: true | some flag in _flags}

_address := "aws_s3_account_public_access_block.account"

_block(values) := fixture.resource("aws_s3_account_public_access_block", "account", values)
