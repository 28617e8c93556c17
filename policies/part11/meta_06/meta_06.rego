# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: GxP tags are complete, name the environment judged, and say what a bucket is for
# description: |-
#   The inventory of GxP systems, retention reviews and change control find resources by their tags. An Environment
#   tag that differs from the environment judged means that the plan is judged by the wrong rules, which is
#   critical. A bucket that nothing says anything of is taken for one without records, so somebody must say that it is.
# custom:
#   id: META-06
#   severity: medium
#   clauses: ["11.10(k)"]
#   annex11: ["4.3", "10"]
#   alcoa: [attributable]
#   requirements: [URS-012]
#   resources:
#     - aws_backup_vault
#     - aws_cloudtrail
#     - aws_cloudwatch_log_group
#     - aws_dynamodb_table
#     - aws_kms_key
#     - aws_s3_bucket
#   attributes:
#     - {type: aws_backup_vault, path: tags}
#     - {type: aws_backup_vault, path: tags_all}
#     - {type: aws_cloudtrail, path: tags}
#     - {type: aws_cloudtrail, path: tags_all}
#     - {type: aws_cloudwatch_log_group, path: tags}
#     - {type: aws_cloudwatch_log_group, path: tags_all}
#     - {type: aws_dynamodb_table, path: tags}
#     - {type: aws_dynamodb_table, path: tags_all}
#     - {type: aws_kms_key, path: tags}
#     - {type: aws_kms_key, path: tags_all}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#   environments: [production, qualification, development]
#   failure_msg: "Tags of {address}: {expected} required, {actual}."
#   fix: "Tag the resource (a bucket without records with BucketRole other), or the provider with default_tags; judge the plan with the --environment that it was made for."
#   verified_by: [IQ]
package part11.meta_06

import data.lib.answer
import data.lib.bucket
import data.lib.scope
import data.lib.tag

answers contains _judged(address, _statuses(input.resources[address])) if some address in _subjects

_judged(address, statuses) := answer.failed(address, "tags", _expected, $"without {concat(", ", missing)}") if {
	missing := _with_status(statuses, "not_set")
	count(missing) > 0
} else := answer.unknown(address, "tags", _expected, $"known after apply: {concat(", ", unknown)}") if {
	unknown := _with_status(statuses, "unknown")
	count(unknown) > 0
} else := answer.passed(address, "tags", _expected, "all present")

# Whoever judges a production plan as a development one would skip most controls: graver than a missing tag.
answers contains answer.with_severity(mismatch, "critical") if {
	some address in _subjects
	mismatch := _mismatch(address, tag.read(input.resources[address], "Environment").value)
}

answers contains answer.with_severity(mismatch, "critical") if {
	some key, provider in input.providers
	address := $"provider.{key}"
	mismatch := _mismatch(address, provider.defaultTags.Environment)
}

# Only its name tells a holder of records from any other, and names lie.
answers contains answer.with_severity(nameless, "high") if {
	some address in bucket.unclassified
	nameless := answer.failed(address, "tags", _purpose, "neither")
}

_purpose := "BucketRole, or an entry below buckets in part11.yaml,"

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing resource") if count(answers) == 0

_mismatch(address, value) := answer.failed(address, "tags", $"Environment {input.settings.environment}", $"{value}") if {
	value != input.settings.environment
}

_subjects contains address if {
	some type in scope.types(rego.metadata.chain())
	some address in scope.existing(rego.metadata.chain(), type)
}

_statuses(resource) := [_status(tag.read(resource, key)) | some key in _required]

_with_status(statuses, status) := [_required[i] | some i, each in statuses; each == status]

# A tag without a value says nothing.
_status(reading) := "not_set" if {
	reading.value == ""
} else := reading.status

_expected := concat(", ", _required)

_required := data.part11_data.required_tags
