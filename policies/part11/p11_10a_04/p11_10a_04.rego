# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Lambda runs signed code only
# description: |-
#   Each function from a zip file has a code signing configuration, and that configuration refuses what is not signed
#   (Enforce; Warn lets it through). Functions from images cannot have one: their digest is P11-10a-03. Who signs for a
#   function that takes in or signs records (tag Part11Role) is a signing profile of the plan, or one in the account of a
#   deploy role of the settings; any other publisher may be anybody.
# custom:
#   id: P11-10a-04
#   severity: medium
#   clauses: ["11.10(a)"]
#   annex11: ["4.5"]
#   alcoa: [original, attributable]
#   requirements: [URS-025]
#   resources: [aws_lambda_function, aws_lambda_code_signing_config, aws_signer_signing_profile]
#   attributes:
#     - {type: aws_lambda_function, path: code_signing_config_arn}
#     - {type: aws_lambda_function, path: image_uri}
#     - {type: aws_lambda_function, path: package_type}
#     - {type: aws_lambda_function, path: tags}
#     - {type: aws_lambda_function, path: tags_all}
#     - {type: aws_lambda_code_signing_config, path: allowed_publishers.signing_profile_version_arns}
#     - {type: aws_lambda_code_signing_config, path: policies.untrusted_artifact_on_deployment}
#   environments: [production, qualification, development]
#   failure_msg: "The function takes code that nobody signed: {attribute} is {actual}."
#   fix: "Set code_signing_config_arn to an aws_lambda_code_signing_config whose policies.untrusted_artifact_on_deployment is Enforce, with publishers of the plan."
#   verified_by: [IQ]
package part11.p11_10a_04

import data.lib.answer
import data.lib.attribute
import data.lib.function
import data.lib.resource
import data.lib.scope

answers contains _linked(address, attribute.read(input.resources[address], ["code_signing_config_arn"])) if {
	some address in _functions
}

answers contains answer.exact(config, "policies.untrusted_artifact_on_deployment", reading, "Enforce") if {
	some address in _functions
	some config in _configs(address)
	reading := attribute.read(input.resources[config], ["policies", 0, "untrusted_artifact_on_deployment"])
}

answers contains _published(config) if {
	some address in _functions
	function.on_records[address]
	some config in _configs(address)
}

not_applicable := scope.reason(rego.metadata.chain(), "Lambda function from a zip file") if count(_functions) == 0

_functions := [address |
	some address in scope.existing(rego.metadata.chain(), "aws_lambda_function")
	not _from_image(input.resources[address])
]

_linked(address, reading) := answer.passed(address, "code_signing_config_arn", _expected, concat(", ", sort(configs))) if {
	configs := _configs(address)
	count(configs) > 0
} else := answer.failed(address, "code_signing_config_arn", _expected, "not set") if {
	_empty(reading)
} else := answer.unknown(address, "code_signing_config_arn", _expected, "not a configuration of the plan")

_empty(reading) if reading.status == "not_set"

_empty(reading) if attribute.is_value(reading, "")

_configs(address) := {config |
	some config in resource.referred(input.resources[address], "code_signing_config_arn")
	input.resources[config].type == "aws_lambda_code_signing_config"
	resource.exists(input.resources[config])
}

_from_image(lambda) if attribute.read(lambda, ["image_uri"]).status != "not_set"

_from_image(lambda) if attribute.is_value(attribute.read(lambda, ["package_type"]), "Image")

_published(config) := answer.passed(config, _arns, _publishers, concat(", ", sort(profiles))) if {
	profiles := function.made_here(input.resources[config], _path, "aws_signer_signing_profile")
} else := answer.passed(config, _arns, _publishers, concat(", ", sort(reading.value))) if {
	reading := attribute.read(input.resources[config], _path)
	count(reading.value) > 0
	every arn in reading.value {
		split(arn, ":")[4] in _own_accounts
	}
} else := answer.unknown(config, _arns, _publishers, attribute.shown(attribute.read(input.resources[config], _path)))

_own_accounts := {split(arn, ":")[4] | some arn in input.settings.deployRoleArns}

_path := ["allowed_publishers", 0, "signing_profile_version_arns"]

_arns := "allowed_publishers.signing_profile_version_arns"

_publishers := "signing profiles of the plan, or of the account of a deploy role"

_expected := "a code signing configuration of the plan"
