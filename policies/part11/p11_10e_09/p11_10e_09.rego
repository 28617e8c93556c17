# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Log groups are kept as long as the records
# description: |-
#   A log group never expires (0 days) or keeps its events at least as long as the longest record class of the plan
#   asks for; it is encrypted, and in production a destroy leaves it in place. CloudWatch keeps at most 3653 days: a
#   longer class needs 0. A group of the class DELIVERY keeps its events for two days, whatever is said beside it.
# custom:
#   id: P11-10e-09
#   severity: high
#   clauses: ["11.10(e)"]
#   annex11: ["9", "17"]
#   alcoa: [enduring, available]
#   requirements: [URS-016]
#   resources: [aws_cloudwatch_log_group, aws_s3_bucket]
#   attributes:
#     - {type: aws_cloudwatch_log_group, path: retention_in_days}
#     - {type: aws_cloudwatch_log_group, path: kms_key_id}
#     - {type: aws_cloudwatch_log_group, path: skip_destroy}
#     - {type: aws_cloudwatch_log_group, path: log_group_class}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#   environments: [production, qualification]
#   failure_msg: The log group may lose audit events before the records expire, or keeps them in the clear.
#   fix: Set retention_in_days to 0 or to at least the record class minimum, kms_key_id, and skip_destroy in production; leave log_group_class STANDARD.
#   verified_by: [IQ]
package part11.p11_10e_09

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.scope

answers contains _kept(address) if some address in _groups

answers contains answer.any_value(address, "kms_key_id", _encrypted(address), "a KMS key") if some address in _groups

answers contains answer.one_of(address, "log_group_class", _class(address), ["STANDARD", "INFREQUENT_ACCESS"]) if {
	some address in _groups
}

answers contains answer.exact(address, "skip_destroy", attribute.read(input.resources[address], ["skip_destroy"]), true) if {
	input.settings.environment == "production"
	some address in _groups
}

not_applicable := scope.reason(rego.metadata.chain(), "log group") if count(_groups) == 0

_groups := scope.existing(rego.metadata.chain(), "aws_cloudwatch_log_group")

_kept(address) := answer.passed(address, "retention_in_days", _expected, "never expires") if {
	attribute.is_value(_days(address), 0)
} else := answer.unknown(address, "retention_in_days", _expected, attribute.shown(_days(address))) if {
	_days(address).status != "known"
} else := answer.passed(address, "retention_in_days", _expected, $"{_days(address).value} days") if {
	_days(address).value >= _minimum
} else := answer.failed(address, "retention_in_days", _expected, $"{_days(address).value} days")

_days(address) := attribute.read(input.resources[address], ["retention_in_days"])

# AWS makes a group of the class STANDARD where nothing is said (CloudWatch Logs API reference, CreateLogGroup).
_class(address) := {"status": "known", "value": "STANDARD"} if {
	attribute.read(input.resources[address], ["log_group_class"]).status == "not_set"
} else := attribute.read(input.resources[address], ["log_group_class"])

# A key that is known after apply is a key: that it is one's own is for P11-30-06 to say.
_encrypted(address) := {"status": "known", "value": "set"} if {
	attribute.read(input.resources[address], ["kms_key_id"]).status != "not_set"
} else := {"status": "not_set"}

_minimum := max(_class_days | {_default_days}) if {
	input.settings.environment == "production"
} else := 1

_class_days := {days |
	some address in bucket.of_roles({"record"})
	days := bucket.minimum_days(address)
}

_default_days := bucket.days_of_years(input.settings.recordClasses[input.settings.defaultRecordClass].minimumYears)

_expected := $"0 (never expires) or >= {_minimum} days"
