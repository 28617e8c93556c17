# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_07_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_07 as control

test_answers[name] if {
	some name, case in {
		"SFTP alone passes": [{"protocols": ["SFTP"]}, answer.passed(_server, "protocols", _expected, `["SFTP"]`)],
		"FTPS beside it fails": [{"protocols": ["FTPS", "SFTP"]}, answer.failed(_server, "protocols", _expected, `["FTPS", "SFTP"]`)],
		"FTP fails": [{"protocols": ["FTP"]}, answer.failed(_server, "protocols", _expected, `["FTP"]`)],
		"an empty list fails": [{"protocols": []}, answer.failed(_server, "protocols", _expected, "[]")],
		"not stated fails": [{}, answer.failed(_server, "protocols", _expected, "not set")],
	}
	plan := fixture.plan([fixture.resource("aws_transfer_server", "s", case[0])])
	control.answers == {case[1]} with input as plan
	not control.not_applicable with input as plan
}

test_a_list_not_known_yet_is_unknown if {
	plan := fixture.plan([fixture.unknown(fixture.resource("aws_transfer_server", "s", {}), [["protocols"]])])
	control.answers == {answer.unknown(_server, "protocols", _expected, "known after apply")} with input as plan
}

test_no_server_is_not_applicable if {
	control.not_applicable == "no transfer server in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_server := "aws_transfer_server.s"

_expected := "SFTP alone, stated"
