# SPDX-License-Identifier: Apache-2.0

package part11.p11_30_05_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_30_05 as control

test_each_policy_of_the_table_passes[policy] if {
	some policy in [
		"TransferSecurityPolicy-2024-01",
		"TransferSecurityPolicy-2025-03",
		"TransferSecurityPolicy-FIPS-2024-01",
		"TransferSecurityPolicy-FIPS-2024-05",
		"TransferSecurityPolicy-FIPS-2025-03",
		"TransferSecurityPolicy-Restricted-2024-06",
		"TransferSecurityPolicy-SshAuditCompliant-2025-02",
	]
	plan := _plan({"security_policy_name": policy})
	control.answers == {answer.passed(_server, "security_policy_name", _expected, policy)} with input as plan
	not control.not_applicable with input as plan
}

test_every_other_one_fails[policy] if {
	some policy in [
		"TransferSecurityPolicy-2018-11",
		"TransferSecurityPolicy-2020-06",
		"TransferSecurityPolicy-2022-03",
		"TransferSecurityPolicy-2023-05",
		"TransferSecurityPolicy-FIPS-2023-05",
		"TransferSecurityPolicy-PQ-SSH-Experimental-2023-04",
		"TransferSecurityPolicy-Restricted-2020-06",
		"transfersecuritypolicy-2025-03",
	]
	control.answers == {answer.failed(_server, "security_policy_name", _expected, policy)} with input as _plan({"security_policy_name": policy})
}

test_what_is_not_stated_fails_and_what_is_not_known_is_unknown if {
	control.answers == {answer.failed(_server, "security_policy_name", _expected, "not set")} with input as _plan({})
	dark := fixture.unknown(fixture.resource("aws_transfer_server", "s", {}), [["security_policy_name"]])
	control.answers == {answer.unknown(_server, "security_policy_name", _expected, "known after apply")} with input as fixture.plan([dark])
}

test_no_server_is_not_applicable if {
	control.not_applicable == "no transfer server in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_plan(values) := fixture.plan([fixture.resource("aws_transfer_server", "s", values)])

_server := "aws_transfer_server.s"

_expected := "a policy of the table"
