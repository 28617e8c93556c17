# SPDX-License-Identifier: Apache-2.0

package part11.p11_10e_05_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10e_05 as control

test_answers[name] if {
	some name, case in {
		"an own key passes": {
			"of": fixture.referring(fixture.unknown(_trail({}), [["kms_key_id"]]), {"kms_key_id": ["aws_kms_key.k"]}),
			"want": answer.passed(_address, "kms_key_id", _expected, "aws_kms_key.k"),
		},
		"the AWS managed key fails": {
			"of": _trail({"kms_key_id": "alias/aws/cloudtrail"}),
			"want": answer.failed(_address, "kms_key_id", _expected, "alias/aws/cloudtrail"),
		},
		"none fails": {"of": _trail({}), "want": answer.failed(_address, "kms_key_id", _expected, "not set")},
		"not known is unknown": {
			"of": fixture.unknown(_trail({}), [["kms_key_id"]]),
			"want": answer.unknown(_address, "kms_key_id", _expected, "known after apply"),
		},
		"no trail fails": {
			"of": fixture.bucket("raw", {}),
			"want": answer.failed("plan", "kms_key_id", _expected, "no aws_cloudtrail in the plan"),
		},
	}
	control.answers == {case.want} with input as fixture.plan([case.of, fixture.resource("aws_kms_key", "k", {})])
}

_address := "aws_cloudtrail.t"

_expected := "a customer managed key"

_trail(values) := fixture.resource("aws_cloudtrail", "t", values)
