# SPDX-License-Identifier: Apache-2.0

package part11.p11_10a_03_test

import data.lib.answer
import data.lib.fixture
import data.part11.p11_10a_03 as control

test_images[name] if {
	some name, case in {
		"by digest passes": [_function({"package_type": "Image", "image_uri": _app}), "pass", _app],
		"by tag fails": [_function({"package_type": "Image", "image_uri": "app:1"}), "fail", "app:1"],
		"not set fails": [_function({"package_type": "Image"}), "fail", "not set"],
		"not known yet is unknown": [fixture.unknown(_function({}), [["image_uri"]]), "unknown", "known after apply"],
		"a digest behind a reference passes": [fixture.written(_function({}), "image_uri", _referred), "pass", _referred],
		"a tag behind a reference is unknown": [fixture.written(_function({}), "image_uri", _tagged), "unknown", _tagged],
	}
	plan := fixture.plan([case[0]])
	control.answers == {{
		"address": _address,
		"attribute": "image_uri",
		"status": case[1],
		"expected": "every image by @sha256 digest",
		"actual": case[2],
	}} with input as plan
	not control.not_applicable with input as plan
}

test_zip_files[name] if {
	some name, case in {
		"a hash passes": [_function({"source_code_hash": "abc="}), answer.passed(_address, "source_code_hash", _expected, "abc=")],
		"an empty hash fails": [_function({"source_code_hash": ""}), answer.failed(_address, "source_code_hash", _expected, "not set")],
		"a hash that is no text fails": [_function({"source_code_hash": true}), answer.failed(_address, "source_code_hash", _expected, "not set")],
		"neither fails": [_function({"package_type": "Zip"}), answer.failed(_address, "source_code_hash", _expected, "not set")],
		"a version passes": [_function({"s3_object_version": "v1"}), answer.passed(_address, "s3_object_version", _expected, "v1")],
		"the version null fails": [_function({"s3_object_version": "null"}), answer.failed(_address, "source_code_hash", _expected, "not set")],
		"a hash not known yet is unknown": [
			fixture.unknown(_function({}), [["source_code_hash"]]),
			answer.unknown(_address, "source_code_hash", _expected, "known after apply"),
		],
		"neither known yet is unknown": [
			fixture.unknown(_function({}), [["source_code_hash"], ["s3_object_version"]]),
			answer.unknown(_address, "source_code_hash", _expected, "known after apply"),
		],
		"a version not known yet is unknown": [
			fixture.unknown(_function({}), [["s3_object_version"]]),
			answer.unknown(_address, "s3_object_version", _expected, "known after apply"),
		],
	}
	control.answers == {case[1]} with input as fixture.plan([case[0]])
}

test_layers_of_functions_on_records[name] if {
	some name, case in {
		"none": [{}, [], []],
		"an empty list": [{"layers": []}, [], []],
		"pinned by hash": [null, [_layer({"source_code_hash": "abc="})], [["pass", "aws_lambda_layer_version.l"]]],
		"pinned by version": [null, [_layer({"s3_object_version": "v1"})], [["pass", "aws_lambda_layer_version.l"]]],
		"pinned by nothing": [null, [_layer({})], [["fail", "aws_lambda_layer_version.l"]]],
		"a hash not known yet": [null, [fixture.unknown(_layer({}), [["source_code_hash"]])], [["unknown", _not_all]]],
		"a hash not known yet, and a version": [
			null, [fixture.unknown(_layer({"s3_object_version": "v1"}), [["source_code_hash"]])],
			[["pass", "aws_lambda_layer_version.l"]],
		],
		"of somebody": [{"layers": ["arn:aws:lambda:eu-west-1:444455556666:layer:insights:14"]}, [], [["unknown", _not_all]]],
	}
	some role in ["ingest", "sign"]
	told := [[found.status, found.actual] | some found in control.answers; found.attribute == "layers"] with input as fixture.plan(array.concat([_with_layers(case[0], role)], case[1]))
	told == case[2]
}

test_layers_of_other_functions_are_not_judged if {
	plan := fixture.plan([_function({"layers": ["arn:aws:lambda:eu-west-1:444455556666:layer:insights:14"], "source_code_hash": "abc="})])
	{found.attribute | some found in control.answers} == {"source_code_hash"} with input as plan
}

test_not_applicable if {
	plan := fixture.plan([])
	control.not_applicable == "no Lambda function in the plan" with input as plan
	control.answers == set() with input as plan
}

_function(values) := fixture.resource("aws_lambda_function", "f", values)

_address := "aws_lambda_function.f"

_expected := "source_code_hash or the version of the object"

_digest := "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

_app := concat("", ["111122223333.dkr.ecr.eu-west-1.amazonaws.com/app", _digest])

_referred := concat("", ["${aws_ecr_repository.a.repository_url}", _digest])

_tagged := "${aws_ecr_repository.a.repository_url}:1"

_with_layers(values, role) := fixture.referring(
	fixture.unknown(_function({"tags": {"Part11Role": role}}), [["layers"]]),
	{"layers": ["aws_lambda_layer_version.l"]},
) if {
	values == null
} else := _function(object.union(values, {"tags": {"Part11Role": role}}))

_layer(values) := fixture.resource("aws_lambda_layer_version", "l", values)

_not_all := "not all made and pinned by the plan"
