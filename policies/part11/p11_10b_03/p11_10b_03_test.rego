# SPDX-License-Identifier: Apache-2.0

package part11.p11_10b_03_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10b_03 as control

test_an_enforced_and_encrypted_workgroup_passes if {
	control.answers == {
		answer.passed(_address, _enforce, "true", "true"),
		answer.passed(_address, _option, "SSE_KMS or CSE_KMS", "SSE_KMS"),
		answer.passed(_address, _key, "a customer managed key", "arn:k"),
	} with input as fixture.plan([_workgroup(true, {"encryption_option": "SSE_KMS", "kms_key_arn": "arn:k"})])
}

test_each_setting_is_judged[name] if {
	some name, case in {
		"not enforced": [_workgroup(false, {}), answer.failed(_address, _enforce, "true", "false")],
		"enforcement not set": [_workgroup(null, {}), answer.failed(_address, _enforce, "true", "not set")],
		"SSE-S3": [
			_workgroup(true, {"encryption_option": "SSE_S3"}),
			answer.failed(_address, _option, "SSE_KMS or CSE_KMS", "SSE_S3"),
		],
		"no encryption": [_workgroup(true, {}), answer.failed(_address, _option, "SSE_KMS or CSE_KMS", "not set")],
		"no key": [
			_workgroup(true, {"encryption_option": "SSE_KMS"}),
			answer.failed(_address, _key, "a customer managed key", "not set"),
		],
		"not known": [
			fixture.unknown(_workgroup(true, {}), [["configuration", 0, "result_configuration"]]),
			answer.unknown(_address, _option, "SSE_KMS or CSE_KMS", "known after apply"),
		],
	}
	case[1] in control.answers with input as fixture.plan([case[0]])
	not control.not_applicable with input as fixture.plan([case[0]])
}

test_no_workgroup_is_not_applicable if {
	control.not_applicable == "no Athena workgroup in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_address := "aws_athena_workgroup.w"

_enforce := "configuration.enforce_workgroup_configuration"

_option := "configuration.result_configuration.encryption_configuration.encryption_option"

_key := "configuration.result_configuration.encryption_configuration.kms_key_arn"

_workgroup(enforce, encryption) := fixture.resource("aws_athena_workgroup", "w", {"configuration": [{
	"enforce_workgroup_configuration": enforce,
	"result_configuration": [{"encryption_configuration": [encryption]}],
}]})
