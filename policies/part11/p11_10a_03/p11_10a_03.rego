# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Lambda code is pinned
# description: |-
#   A function from an image names it by @sha256 digest. A function from a zip file states source_code_hash, so that other
#   bytes show as a change, or names the version of the S3 object; an object that the same plan puts may stand by reference.
# custom:
#   id: P11-10a-03
#   severity: high
#   clauses: ["11.10(a)"]
#   annex11: ["4.5"]
#   alcoa: [consistent, original]
#   requirements: [URS-025, URS-028]
#   resources: [aws_lambda_function, aws_s3_object, aws_s3_object_copy]
#   attributes:
#     - {type: aws_lambda_function, path: image_uri}
#     - {type: aws_lambda_function, path: package_type}
#     - {type: aws_lambda_function, path: s3_object_version}
#     - {type: aws_lambda_function, path: source_code_hash}
#   environments: [production, qualification, development]
#   failure_msg: "The function may run other code than what was validated: {attribute} is {actual}."
#   fix: "Name the image by @sha256 digest, or set source_code_hash (or s3_object_version) of the zip file."
#   verified_by: ["none: no module brings a function yet; receiving data will"]
package part11.p11_10a_03

import data.lib.answer
import data.lib.attribute
import data.lib.image
import data.lib.scope
import data.lib.text
import data.lib.version

answers contains _judged(address, input.resources[address]) if some address in _functions

not_applicable := scope.reason(rego.metadata.chain(), "Lambda function") if count(_functions) == 0

_functions := scope.existing(rego.metadata.chain(), "aws_lambda_function")

_judged(address, function) := object.union(_about(address, "image_uri", image.expected), _image(text.read(function, "image_uri"))) if {
	_from_image(function)
} else := answer.passed(address, "source_code_hash", _expected, hash.value) if {
	hash := attribute.read(function, ["source_code_hash"])
	attribute.is_text(hash)
} else := object.union(_about(address, "s3_object_version", _expected), found) if {
	found := version.pinned(function, "s3_object_version")
	found.status == "pass"
} else := answer.unknown(address, name, _expected, attribute.shown(reading)) if {
	some name in ["source_code_hash", "s3_object_version"]
	reading := attribute.read(function, [name])
	reading.status == "unknown"
} else := answer.failed(address, "source_code_hash", _expected, "not set")

_from_image(function) if attribute.read(function, ["image_uri"]).status != "not_set"

_from_image(function) if attribute.is_value(attribute.read(function, ["package_type"]), "Image")

_image(reading) := image.verdict([reading.value]) if {
	reading.status == "known"
} else := {"status": "unknown", "actual": attribute.shown(reading)} if {
	reading.status == "unknown"
} else := {"status": "fail", "actual": "not set"}

_about(address, name, expected) := {"address": address, "attribute": name, "expected": expected}

_expected := "source_code_hash or the version of the object"
