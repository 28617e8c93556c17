# SPDX-License-Identifier: Apache-2.0

package part11.p11_10a_06_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10a_06 as control

test_answers[name] if {
	some name, case in {
		"scanned and KMS passes": {
			"repository": _repository([{"scan_on_push": true}], [{"encryption_type": "KMS"}]),
			"want": {answer.passed(_address, _scan, "true", "true"), answer.passed(_address, _encryption, _kms, "KMS")},
		},
		"two layers of KMS pass": {
			"repository": _repository([{"scan_on_push": true}], [{"encryption_type": "KMS_DSSE"}]),
			"want": {answer.passed(_address, _scan, "true", "true"), answer.passed(_address, _encryption, _kms, "KMS_DSSE")},
		},
		"not scanned and AES256 fails": {
			"repository": _repository([{"scan_on_push": false}], [{"encryption_type": "AES256"}]),
			"want": {answer.failed(_address, _scan, "true", "false"), answer.failed(_address, _encryption, _kms, "AES256")},
		},
		"neither set fails": {
			"repository": _repository([], []),
			"want": {answer.failed(_address, _scan, "true", "not set"), answer.failed(_address, _encryption, _kms, "not set")},
		},
		"neither known yet is unknown": {
			"repository": fixture.unknown(_repository([{}], [{}]), [["image_scanning_configuration"], ["encryption_configuration", 0, "encryption_type"]]),
			"want": {
				answer.unknown(_address, _scan, "true", "known after apply"),
				answer.unknown(_address, _encryption, _kms, "known after apply"),
			},
		},
	}
	plan := fixture.plan([case.repository])
	control.answers == case.want with input as plan
	not control.not_applicable with input as plan
}

test_not_applicable if {
	plan := fixture.plan([])
	control.not_applicable == "no ECR repository in the plan" with input as plan
	control.answers == set() with input as plan
}

_repository(scanning, encryption) := fixture.resource("aws_ecr_repository", "app", {
	"image_scanning_configuration": scanning,
	"encryption_configuration": encryption,
})

_address := "aws_ecr_repository.app"

_scan := "image_scanning_configuration.scan_on_push"

_encryption := "encryption_configuration.encryption_type"

_kms := "KMS or KMS_DSSE"
