# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Every record-bearing bucket has an Object Lock configuration
# description: |-
#   Without Object Lock any principal with delete rights can remove a version for good. The bucket must be made for
#   locking and a lock configuration must say so for each bucket.
# custom:
#   id: P11-10c-01
#   severity: critical
#   clauses: ["11.10(c)", "11.10(e)"]
#   annex11: ["7.1", "17"]
#   alcoa: [original, enduring]
#   requirements: [URS-009, URS-015]
#   resources: [aws_s3_bucket, aws_s3_bucket_object_lock_configuration]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket, path: object_lock_enabled}
#     - {type: aws_s3_bucket_object_lock_configuration, path: bucket}
#     - {type: aws_s3_bucket_object_lock_configuration, path: object_lock_enabled}
#   environments: [production, qualification]
#   bucket_roles: [record, audit, replica, inbox, evidence]
#   failure_msg: "The record-bearing bucket has no Object Lock: {attribute} of {address} is {actual}."
#   fix: "Set object_lock_enabled = true on the bucket and add an aws_s3_bucket_object_lock_configuration for it."
#   waivable: false
#   verified_by:
#     - IQ
#     - OQ-lock-delete-version
#     - OQ-lock-delete-bypass
#     - OQ-lock-delete-batch
#     - OQ-lock-shorten
#     - OQ-lock-downgrade
#     - OQ-lock-plain-delete
package part11.p11_10c_01

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.scope

answers contains answer.exact(address, "object_lock_enabled", reading, true) if {
	some address in _buckets
	reading := attribute.read(input.resources[address], ["object_lock_enabled"])
}

answers contains answer.exact(subject, "object_lock_enabled", reading, "Enabled") if {
	some address in _buckets
	some subject, reading in bucket.readings(address, "aws_s3_bucket_object_lock_configuration", ["object_lock_enabled"])
}

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())
