# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Every bucket blocks public access
# description: |-
#   All four flags of the bucket's own public access block are true, for every bucket of the plan whatever its role:
#   one public bucket beside the records is a way in and a way out.
# custom:
#   id: P11-10d-01
#   severity: critical
#   clauses: ["11.10(d)"]
#   annex11: ["12.1"]
#   alcoa: [attributable, original]
#   requirements: [URS-009]
#   resources: [aws_s3_bucket, aws_s3_bucket_public_access_block]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket_public_access_block, path: bucket}
#     - {type: aws_s3_bucket_public_access_block, path: block_public_acls}
#     - {type: aws_s3_bucket_public_access_block, path: block_public_policy}
#     - {type: aws_s3_bucket_public_access_block, path: ignore_public_acls}
#     - {type: aws_s3_bucket_public_access_block, path: restrict_public_buckets}
#   environments: [production, qualification, development]
#   failure_msg: The bucket does not block public access with all four flags.
#   fix: Give the bucket one aws_s3_bucket_public_access_block with all four flags true.
#   waivable: false
#   verified_by: [IQ, OQ-access-public-policy]
package part11.p11_10d_01

import data.lib.answer
import data.lib.bucket
import data.lib.scope

answers contains answer.exact(subject, flag, reading, true) if {
	some address in _buckets
	some flag in _flags
	some subject, reading in bucket.readings(address, "aws_s3_bucket_public_access_block", [flag])
}

not_applicable := scope.reason(rego.metadata.chain(), "bucket") if count(_buckets) == 0

_buckets := scope.existing(rego.metadata.chain(), "aws_s3_bucket")

_flags := ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
