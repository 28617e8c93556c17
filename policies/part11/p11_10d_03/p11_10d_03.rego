# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: ACLs are disabled
# description: |-
#   With BucketOwnerEnforced an ACL grants nothing and policies alone decide. A bucket ACL in the plan says that
#   somebody counts on one.
# custom:
#   id: P11-10d-03
#   severity: high
#   clauses: ["11.10(d)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-009]
#   resources: [aws_s3_bucket, aws_s3_bucket_ownership_controls, aws_s3_bucket_acl]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket_ownership_controls, path: bucket}
#     - {type: aws_s3_bucket_ownership_controls, path: rule.object_ownership}
#     - {type: aws_s3_bucket_acl, path: bucket}
#   environments: [production, qualification, development]
#   failure_msg: ACLs are not disabled on the bucket.
#   fix: Set rule.object_ownership to BucketOwnerEnforced and remove aws_s3_bucket_acl.
#   verified_by: [IQ]
package part11.p11_10d_03

import data.lib.answer
import data.lib.bucket
import data.lib.scope

answers contains answer.exact(subject, "rule.object_ownership", reading, "BucketOwnerEnforced") if {
	some address in _buckets
	some subject, reading in bucket.readings(address, "aws_s3_bucket_ownership_controls", ["rule", 0, "object_ownership"])
}

answers contains answer.failed(address, "bucket", "no bucket ACL", "an aws_s3_bucket_acl") if {
	some address in _acls
}

not_applicable := scope.reason(rego.metadata.chain(), "bucket") if count(_buckets) + count(_acls) == 0

_buckets := scope.existing(rego.metadata.chain(), "aws_s3_bucket")

_acls := scope.existing(rego.metadata.chain(), "aws_s3_bucket_acl")
