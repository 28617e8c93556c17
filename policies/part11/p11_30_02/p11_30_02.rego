# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Buckets encrypt with their own key by default
# description: |-
#   Objects are encrypted by default with SSE-KMS under a customer managed key: its policy is a second lock, and its
#   use is recorded. S3 delivers access logs only into SSE-S3 buckets, so that these have AES256.
# custom:
#   id: P11-30-02
#   severity: critical
#   clauses: ["11.30"]
#   annex11: ["7.1"]
#   alcoa: [original]
#   requirements: [URS-011]
#   resources: [aws_s3_bucket, aws_s3_bucket_server_side_encryption_configuration]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: bucket}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: rule.apply_server_side_encryption_by_default.sse_algorithm}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: rule.apply_server_side_encryption_by_default.kms_master_key_id}
#     - {type: aws_kms_alias, path: target_key_id}
#     - {type: aws_kms_external_key, path: enabled}
#     - {type: aws_kms_external_key, path: valid_to}
#     - {type: aws_kms_key, path: customer_master_key_spec}
#     - {type: aws_kms_key, path: is_enabled}
#     - {type: aws_kms_key, path: key_usage}
#     - {type: aws_kms_replica_key, path: enabled}
#   environments: [production, qualification, development]
#   failure_msg: The bucket does not encrypt with a customer managed key by default.
#   fix: Set sse_algorithm to aws:kms and kms_master_key_id to an aws_kms_key; AES256 on access-log buckets.
#   verified_by: [IQ, OQ-write-default-retention, OQ-write-other-key, OQ-write-other-encryption]
package part11.p11_30_02

import data.lib.answer
import data.lib.bucket
import data.lib.key
import data.lib.scope

answers contains answer.one_of(subject, _algorithm_name, reading, ["aws:kms", "aws:kms:dsse"]) if {
	some address in _encrypted
	some subject, reading in bucket.readings(address, _type, _algorithm)
}

answers contains {"address": part, "attribute": _key_name, "status": own.status, "expected": "a customer managed key", "actual": own.actual} if {
	some address in _encrypted
	some part in bucket.parts(address, _type)
	own := key.own(input.resources[part], key.master_key_path(0))
}

# Delivery of access logs fails in silence where the default is SSE-KMS.
answers contains answer.exact(subject, _algorithm_name, reading, "AES256") if {
	some address in _buckets
	bucket.roles[address] == "access-log"
	some subject, reading in bucket.readings(address, _type, _algorithm)
}

not_applicable := scope.reason(rego.metadata.chain(), "bucket") if count(_buckets) == 0

_buckets := scope.existing(rego.metadata.chain(), "aws_s3_bucket")

_encrypted := [address |
	some address in _buckets
	bucket.roles[address] != "access-log"
]

_type := "aws_s3_bucket_server_side_encryption_configuration"

_algorithm := ["rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"]

_algorithm_name := "rule.apply_server_side_encryption_by_default.sse_algorithm"

_key_name := "rule.apply_server_side_encryption_by_default.kms_master_key_id"
