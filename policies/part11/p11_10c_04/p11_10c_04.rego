# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Versioning is enabled
# description: |-
#   An overwrite must leave the earlier version readable. Object Lock implies versioning, but only an explicit
#   resource shows it in the plan and keeps it under change control.
# custom:
#   id: P11-10c-04
#   severity: critical
#   clauses: ["11.10(c)"]
#   annex11: ["7.1"]
#   alcoa: [original]
#   requirements: [URS-009]
#   resources: [aws_s3_bucket, aws_s3_bucket_versioning]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_versioning, path: bucket}
#     - {type: aws_s3_bucket_versioning, path: versioning_configuration.status}
#   environments: [production, qualification, development]
#   bucket_roles: [record, audit, replica, inbox, evidence]
#   failure_msg: "Versioning of the record-bearing bucket is {actual}."
#   fix: "Add an aws_s3_bucket_versioning with versioning_configuration.status Enabled."
#   waivable: false
#   verified_by: [IQ, OQ-lock-suspend-versioning, OQ-lock-overwrite]
package part11.p11_10c_04

import data.lib.answer
import data.lib.bucket
import data.lib.scope

answers contains answer.exact(subject, "versioning_configuration.status", reading, "Enabled") if {
	some address in _buckets
	some subject, reading in bucket.readings(address, "aws_s3_bucket_versioning", ["versioning_configuration", 0, "status"])
}

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())
