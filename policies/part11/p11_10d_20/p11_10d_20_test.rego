# SPDX-License-Identifier: Apache-2.0

package part11.p11_10d_20_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10d_20 as control

test_answers[name] if {
	some name, case in {
		"private passes": {
			"environment": _environment({"webserver_access_mode": "PRIVATE_ONLY"}),
			"want": answer.passed(_address, _attribute, "PRIVATE_ONLY", "PRIVATE_ONLY"),
		},
		"public fails": {
			"environment": _environment({"webserver_access_mode": "PUBLIC_ONLY"}),
			"want": answer.failed(_address, _attribute, "PRIVATE_ONLY", "PUBLIC_ONLY"),
		},
		"not set fails": {
			"environment": _environment({}),
			"want": answer.failed(_address, _attribute, "PRIVATE_ONLY", "not set"),
		},
		"not known yet is unknown": {
			"environment": fixture.unknown(_environment({}), [["webserver_access_mode"]]),
			"want": answer.unknown(_address, _attribute, "PRIVATE_ONLY", "known after apply"),
		},
	}
	plan := fixture.plan([case.environment])
	control.answers == {case.want} with input as plan
	not control.not_applicable with input as plan
}

test_not_applicable if {
	plan := fixture.plan([])
	control.not_applicable == "no Airflow environment in the plan" with input as plan
	control.answers == set() with input as plan
}

_environment(values) := fixture.resource("aws_mwaa_environment", "airflow", values)

_address := "aws_mwaa_environment.airflow"

_attribute := "webserver_access_mode"
