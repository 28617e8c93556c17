# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: force_destroy is off
# description: |-
#   With force_destroy Terraform empties the bucket before deleting it: every version whose lock has ended, or which
#   has none, goes with it.
# custom:
#   id: P11-10c-05
#   severity: critical
#   clauses: ["11.10(c)"]
#   annex11: ["7.1"]
#   alcoa: [enduring]
#   requirements: [URS-009]
#   resources: [aws_s3_bucket]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket, path: force_destroy}
#   environments: [production]
#   bucket_roles: [record, audit, replica, inbox, evidence]
#   failure_msg: "Terraform may empty the record-bearing bucket (force_destroy is {actual})."
#   fix: "Set force_destroy = false."
#   verified_by:
#     - "none: force_destroy is an argument of Terraform alone and shows in no AWS API"
package part11.p11_10c_05

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.exact(address, "force_destroy", reading, false) if {
	some address in _buckets
	reading := attribute.read(input.resources[address], ["force_destroy"])
}

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())
