# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Default lock mode is COMPLIANCE
# description: |-
#   In COMPLIANCE mode nobody, the root user included, can delete a version or shorten its retention before its time.
#   GOVERNANCE yields to anyone with s3:BypassGovernanceRetention, so it protects no record.
# custom:
#   id: P11-10c-02
#   severity: critical
#   clauses: ["11.10(c)"]
#   annex11: ["7.1"]
#   alcoa: [original, enduring]
#   requirements: [URS-009]
#   resources: [aws_s3_bucket, aws_s3_bucket_object_lock_configuration]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_object_lock_configuration, path: bucket}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.mode}
#   environments: [production, qualification]
#   bucket_roles: [record, audit, replica, inbox, evidence]
#   failure_msg: The bucket's default Object Lock retention is not in COMPLIANCE mode.
#   fix: Set rule.default_retention.mode to COMPLIANCE in aws_s3_bucket_object_lock_configuration.
#   waivable: false
#   verified_by:
#     - IQ
#     - OQ-write-default-retention
#     - OQ-lock-delete-version
#     - OQ-lock-delete-bypass
#     - OQ-lock-delete-batch
#     - OQ-lock-shorten
#     - OQ-lock-downgrade
#     - OQ-lock-plain-delete
package part11.p11_10c_02

import data.lib.answer
import data.lib.bucket
import data.lib.scope

answers contains answer.exact(subject, "rule.default_retention.mode", reading, "COMPLIANCE") if {
	some address in _buckets
	some subject, reading in bucket.readings(address, "aws_s3_bucket_object_lock_configuration", _mode)
}

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_mode := ["rule", 0, "default_retention", 0, "mode"]
