# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Default retention covers the record class
# description: |-
#   In production each bucket locks for at least the minimum years of its record class (an inbox for its own days),
#   in qualification for one day. Years count with leap days (7 years are 2557 days).
# custom:
#   id: P11-10c-03
#   severity: critical
#   clauses: ["11.10(c)"]
#   annex11: ["17"]
#   alcoa: [enduring]
#   requirements: [URS-010]
#   resources: [aws_s3_bucket, aws_s3_bucket_object_lock_configuration]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_object_lock_configuration, path: bucket}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.days}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.years}
#   environments: [production, qualification]
#   bucket_roles: [record, audit, replica, inbox, evidence]
#   failure_msg: "Objects are locked for {actual}; their record class needs {expected}."
#   fix: "Raise rule.default_retention.years (or days) of aws_s3_bucket_object_lock_configuration, or correct the RecordClass tag."
#   waivable: false
#   verified_by: [IQ, OQ-write-default-retention, OQ-lock-extend]
package part11.p11_10c_03

import data.lib.answer
import data.lib.bucket
import data.lib.scope

answers contains answer.at_least(subject, _attribute(subject), reading, minimum, "days") if {
	some address in _buckets
	minimum := bucket.minimum_days(address)
	some subject, reading in bucket.lock_readings(address)
}

answers contains answer.unknown(address, "tags", "a record class of the settings", "not known") if {
	some address in _buckets
	not bucket.minimum_days(address)
}

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_attribute(address) := "rule.default_retention.years" if {
	input.resources[address].values.rule[0].default_retention[0].years > 0
} else := "rule.default_retention.days"
