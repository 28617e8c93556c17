# SPDX-License-Identifier: Apache-2.0

package part11.p11_30_02_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_30_02 as control

test_answers[name] if {
	some name, case in {
		"an own key passes": {
			"part": _encryption({"sse_algorithm": "aws:kms", "kms_master_key_id": "arn:aws:kms:eu-west-1:1:key/k"}),
			"want": {
				answer.passed(_address, _algorithm, _kms, "aws:kms"),
				answer.passed(_address, _key, _own, "arn:aws:kms:eu-west-1:1:key/k"),
			},
		},
		"a key of the plan passes": {
			"part": fixture.referring(
				fixture.unknown(
					_encryption({"sse_algorithm": "aws:kms:dsse"}),
					[["bucket"], ["rule", 0, "apply_server_side_encryption_by_default", 0, "kms_master_key_id"]],
				),
				{"bucket": ["aws_s3_bucket.raw"], _key: ["aws_kms_key.k"]},
			),
			"want": {
				answer.passed(_address, _algorithm, _kms, "aws:kms:dsse"),
				answer.passed(_address, _key, _own, "aws_kms_key.k"),
			},
		},
		"AES256 fails": {
			"part": _encryption({"sse_algorithm": "AES256"}),
			"want": {answer.failed(_address, _algorithm, _kms, "AES256"), answer.failed(_address, _key, _own, "not set")},
		},
		"the AWS managed key fails": {
			"part": _encryption({"sse_algorithm": "aws:kms", "kms_master_key_id": "alias/aws/s3"}),
			"want": {answer.passed(_address, _algorithm, _kms, "aws:kms"), answer.failed(_address, _key, _own, "alias/aws/s3")},
		},
		"not known is unknown": {
			"part": fixture.unknown(_encryption({}), [["rule"]]),
			"want": {
				answer.unknown(_address, _algorithm, _kms, "known after apply"),
				answer.unknown(_address, _key, _own, "known after apply"),
			},
		},
		"none fails": {
			"part": fixture.resource("aws_kms_key", "another", {}),
			"want": {answer.failed("aws_s3_bucket.raw", _algorithm, _kms, "not set")},
		},
	}
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), fixture.resource("aws_kms_key", "k", {}), case.part])
	control.answers == case.want with input as plan
	not control.not_applicable with input as plan
}

test_a_key_that_does_not_serve_fails[name] if {
	some name, values in {
		"asymmetric": {"customer_master_key_spec": "RSA_2048"},
		"for signing": {"key_usage": "SIGN_VERIFY"},
		"disabled": {"is_enabled": false},
	}
	encryption := object.union(
		fixture.unknown(_encryption({"sse_algorithm": "aws:kms"}), [["rule", 0, "apply_server_side_encryption_by_default", 0, "kms_master_key_id"]]),
		{"refs": fixture.referring({}, {"bucket": ["aws_s3_bucket.raw"], _key: ["aws_kms_key.k"]}).refs},
	)
	plan := fixture.plan([fixture.tagged_bucket("raw", "record"), encryption, fixture.resource("aws_kms_key", "k", values)])
	{[found.attribute, found.status] | some found in control.answers} == {[_algorithm, "pass"], [_key, "fail"]} with input as plan
}

test_access_log_buckets_need_aes256[algorithm] if {
	some algorithm, status in {"AES256": "pass", "aws:kms": "fail"}
	plan := fixture.plan([fixture.tagged_bucket("raw", "access-log"), _encryption({"sse_algorithm": algorithm})])
	{[found.attribute, found.status] | some found in control.answers} == {[_algorithm, status]} with input as plan
}

test_no_bucket_is_not_applicable if {
	control.not_applicable == "no bucket in the plan" with input as fixture.plan([])
	control.answers == set() with input as fixture.plan([])
}

_address := "aws_s3_bucket_server_side_encryption_configuration.raw"

_algorithm := "rule.apply_server_side_encryption_by_default.sse_algorithm"

_key := "rule.apply_server_side_encryption_by_default.kms_master_key_id"

_kms := "aws:kms or aws:kms:dsse"

_own := "a customer managed key"

_encryption(values) := fixture.part("aws_s3_bucket_server_side_encryption_configuration", "raw", "raw", {"rule": [{
	"apply_server_side_encryption_by_default": [values],
}]})
