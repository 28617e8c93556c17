# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Lambda code is pinned
# description: |-
#   A function from an image names it by @sha256 digest. A function from a zip file states source_code_hash, so that other
#   bytes show as a change, or names the version of the S3 object; an object that the same plan puts may stand by reference.
#   The layers of a function that takes in or signs records (tag Part11Role) run in it as its own code does: they are made
#   by the plan and pinned alike. Who made a layer of another plan, and from what, is not known here.
# custom:
#   id: P11-10a-03
#   severity: high
#   clauses: ["11.10(a)"]
#   annex11: ["4.5"]
#   alcoa: [consistent, original]
#   requirements: [URS-025, URS-028]
#   resources: [aws_lambda_function, aws_lambda_layer_version, aws_s3_object, aws_s3_object_copy]
#   attributes:
#     - {type: aws_lambda_function, path: image_uri}
#     - {type: aws_lambda_function, path: layers}
#     - {type: aws_lambda_function, path: package_type}
#     - {type: aws_lambda_function, path: s3_object_version}
#     - {type: aws_lambda_function, path: source_code_hash}
#     - {type: aws_lambda_function, path: tags}
#     - {type: aws_lambda_function, path: tags_all}
#     - {type: aws_lambda_layer_version, path: s3_object_version}
#     - {type: aws_lambda_layer_version, path: source_code_hash}
#   environments: [production, qualification, development]
#   failure_msg: "The function may run other code than what was validated: {attribute} is {actual}."
#   fix: "Name the image by @sha256 digest, or set source_code_hash (or s3_object_version) of the zip file, and likewise of its layers."
#   verified_by: [IQ]
package part11.p11_10a_03

import data.lib.answer
import data.lib.attribute
import data.lib.function
import data.lib.image
import data.lib.scope
import data.lib.text
import data.lib.version

answers contains _judged(address, input.resources[address]) if some address in _functions

answers contains _layered(address) if {
	scope.applies(rego.metadata.chain())
	some address in function.on_records
	not _without_layers(attribute.read(input.resources[address], ["layers"]))
}

not_applicable := scope.reason(rego.metadata.chain(), "Lambda function") if count(_functions) == 0

_functions := scope.existing(rego.metadata.chain(), "aws_lambda_function")

_judged(address, lambda) := object.union(_about(address, "image_uri", image.expected), _image(text.read(lambda, "image_uri"))) if {
	_from_image(lambda)
} else := answer.passed(address, "source_code_hash", _expected, hash.value) if {
	hash := attribute.read(lambda, ["source_code_hash"])
	attribute.is_text(hash)
} else := object.union(_about(address, "s3_object_version", _expected), found) if {
	found := version.pinned(lambda, "s3_object_version")
	found.status == "pass"
} else := answer.unknown(address, hidden[0], _expected, attribute.shown(attribute.read(lambda, [hidden[0]]))) if {
	hidden := [name | some name in ["source_code_hash", "s3_object_version"]; attribute.read(lambda, [name]).status == "unknown"]
	count(hidden) > 0
} else := answer.failed(address, "source_code_hash", _expected, "not set")

_from_image(lambda) if attribute.read(lambda, ["image_uri"]).status != "not_set"

_from_image(lambda) if attribute.is_value(attribute.read(lambda, ["package_type"]), "Image")

_image(reading) := image.verdict([reading.value]) if {
	reading.status == "known"
} else := {"status": "unknown", "actual": attribute.shown(reading)} if {
	reading.status == "unknown"
} else := {"status": "fail", "actual": "not set"}

_about(address, name, expected) := {"address": address, "attribute": name, "expected": expected}

_expected := "source_code_hash or the version of the object"

_without_layers(reading) if reading.status == "not_set"

_without_layers(reading) if {
	reading.status == "known"
	count(reading.value) == 0
}

_layered(address) := answer.failed(address, "layers", _expected_layers, concat(", ", sort(loose))) if {
	loose := {layer | some layer in _layers(address); _pinned(layer) == "fail"}
	count(loose) > 0
} else := answer.passed(address, "layers", _expected_layers, concat(", ", sort(_layers(address)))) if {
	count(_layers(address)) > 0
	every layer in _layers(address) {
		_pinned(layer) == "pass"
	}
} else := answer.unknown(address, "layers", _expected_layers, "not all made and pinned by the plan")

_layers(address) := function.made_here(input.resources[address], ["layers"], "aws_lambda_layer_version")

_pinned(layer) := "pass" if {
	attribute.is_text(attribute.read(input.resources[layer], ["source_code_hash"]))
} else := "unknown" if {
	attribute.read(input.resources[layer], ["source_code_hash"]).status == "unknown"
	version.pinned(input.resources[layer], "s3_object_version").status != "pass"
} else := version.pinned(input.resources[layer], "s3_object_version").status

_expected_layers := "layers of the plan, pinned like code"
