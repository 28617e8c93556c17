# SPDX-License-Identifier: Apache-2.0

package part11.p11_70_01_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_70_01 as control

test_keys[name] if {
	some name, case in {
		"P-256 passes": ["SIGN_VERIFY", "ECC_NIST_P256", ["pass", "SIGN_VERIFY"], ["pass", "ECC_NIST_P256"]],
		"P-384 passes": ["SIGN_VERIFY", "ECC_NIST_P384", ["pass", "SIGN_VERIFY"], ["pass", "ECC_NIST_P384"]],
		"RSA of 3072 bits passes": ["SIGN_VERIFY", "RSA_3072", ["pass", "SIGN_VERIFY"], ["pass", "RSA_3072"]],
		"RSA of 4096 bits passes": ["SIGN_VERIFY", "RSA_4096", ["pass", "SIGN_VERIFY"], ["pass", "RSA_4096"]],
		"RSA of 2048 bits fails": ["SIGN_VERIFY", "RSA_2048", ["pass", "SIGN_VERIFY"], ["fail", "RSA_2048"]],
		"a symmetric key fails": ["ENCRYPT_DECRYPT", "SYMMETRIC_DEFAULT", ["fail", "ENCRYPT_DECRYPT"], ["fail", "SYMMETRIC_DEFAULT"]],
		"nothing said fails": [null, null, ["fail", "not set"], ["fail", "not set"]],
	}
	signing := fixture.resource("aws_kms_key", "k", {
		"key_usage": case[0],
		"customer_master_key_spec": case[1],
		"tags": {"Part11Role": "sign"},
	})
	plan := fixture.plan([signing])
	{[found.address, found.attribute, found.status, found.actual] | some found in control.answers} == {
		array.concat(["aws_kms_key.k", "key_usage"], case[2]),
		array.concat(["aws_kms_key.k", "customer_master_key_spec"], case[3]),
	} with input as plan
	not control.not_applicable with input as plan
}

test_what_is_not_known_is_unknown if {
	dark := fixture.unknown(fixture.resource("aws_kms_key", "k", {}), [["key_usage"], ["customer_master_key_spec"]])
	{found.status | some found in control.answers} == {"unknown"} with input as fixture.plan([dark])
}

test_a_signature_store_needs_a_key[name] if {
	some name, store in {
		"a table": fixture.resource("aws_dynamodb_table", "s", {"tags": {"Part11Role": "signature"}}),
		"a bucket": fixture.bucket("s", {"tags": {"Part11Role": "signature"}}),
	}
	control.answers == {answer.failed("plan", "key_usage", "SIGN_VERIFY", "no signing key")} with input as fixture.plan([store])
	not control.not_applicable with input as fixture.plan([store])
}

test_other_keys_are_not_judged if {
	plan := fixture.plan([fixture.resource("aws_kms_key", "k", {"key_usage": "ENCRYPT_DECRYPT"})])
	control.not_applicable == "no signing key or signature store in the plan" with input as plan
	control.answers == set() with input as plan
}
