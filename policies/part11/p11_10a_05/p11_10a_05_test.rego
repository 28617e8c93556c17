# SPDX-License-Identifier: Apache-2.0

package part11.p11_10a_05_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10a_05 as control

test_answers[name] if {
	some name, case in {
		"IMMUTABLE passes": {
			"repository": _repository({"image_tag_mutability": "IMMUTABLE"}),
			"want": answer.passed(_address, _attribute, "IMMUTABLE", "IMMUTABLE"),
		},
		"MUTABLE fails": {
			"repository": _repository({"image_tag_mutability": "MUTABLE"}),
			"want": answer.failed(_address, _attribute, "IMMUTABLE", "MUTABLE"),
		},
		"tags left out of the rule fail": {
			"repository": _repository({"image_tag_mutability": "IMMUTABLE_WITH_EXCLUSION"}),
			"want": answer.failed(_address, _attribute, "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION"),
		},
		"not set fails": {
			"repository": _repository({}),
			"want": answer.failed(_address, _attribute, "IMMUTABLE", "not set"),
		},
		"not known yet is unknown": {
			"repository": fixture.unknown(_repository({}), [["image_tag_mutability"]]),
			"want": answer.unknown(_address, _attribute, "IMMUTABLE", "known after apply"),
		},
	}
	plan := fixture.plan([case.repository])
	control.answers == {case.want} with input as plan
	not control.not_applicable with input as plan
}

test_not_applicable[name] if {
	some name, resources in {
		"no repository": [],
		"one that is deleted": [fixture.deleted(_repository({"image_tag_mutability": "MUTABLE"}))],
	}
	plan := fixture.plan(resources)
	control.not_applicable == "no ECR repository in the plan" with input as plan
	control.answers == set() with input as plan
}

_repository(values) := fixture.resource("aws_ecr_repository", "app", values)

_address := "aws_ecr_repository.app"

_attribute := "image_tag_mutability"
