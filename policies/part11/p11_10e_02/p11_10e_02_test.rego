# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_02_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_02 as control

test_answers[name] if {
	some name, case in {
		"on passes": {"of": _trail({_attribute: true}), "want": answer.passed(_address, _attribute, "true", "true")},
		"off fails": {"of": _trail({_attribute: false}), "want": answer.failed(_address, _attribute, "true", "false")},
		"not set fails": {"of": _trail({}), "want": answer.failed(_address, _attribute, "true", "not set")},
		"not known is unknown": {
			"of": fixture.unknown(_trail({}), [[_attribute]]),
			"want": answer.unknown(_address, _attribute, "true", "known after apply"),
		},
		"no trail fails": {
			"of": fixture.bucket("raw", {}),
			"want": answer.failed("plan", _attribute, "true", "no aws_cloudtrail in the plan"),
		},
	}
	control.answers == {case.want} with input as fixture.plan([case.of])
}

_address := "aws_cloudtrail.t"

_attribute := "enable_log_file_validation"

_trail(values) := fixture.resource("aws_cloudtrail", "t", values)
