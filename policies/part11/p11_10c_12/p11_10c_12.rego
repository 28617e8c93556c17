# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Nobody but the deploy role may weaken a lock
# description: |-
#   Whoever may bypass governance retention, delete versions, change the lock, versioning, lifecycle, replication,
#   encryption, ownership or public access of a bucket, or change or delete its policy, can end the protection of its
#   records, if only for the next object. Only the deploy roles named in the settings hold these rights.
# custom:
#   id: P11-10c-12
#   severity: critical
#   clauses: ["11.10(c)", "11.10(g)"]
#   annex11: ["12.1"]
#   alcoa: [original, enduring]
#   requirements: [URS-009, URS-021]
#   resources:
#     - aws_iam_group_policy
#     - aws_iam_policy
#     - aws_iam_role_policy
#     - aws_iam_user_policy
#     - aws_iam_group_policy_attachment
#     - aws_iam_policy_attachment
#     - aws_iam_role_policy_attachment
#     - aws_iam_user_policy_attachment
#     - aws_s3_bucket_policy
#   attributes:
#     - {type: aws_iam_group_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_user_policy, path: policy}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_s3_bucket_policy, path: bucket}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#     - {type: aws_iam_user_policy_attachment, path: policy_arn}
#     - {type: aws_iam_group_policy_attachment, path: policy_arn}
#     - {type: aws_iam_policy_attachment, path: policy_arn}
#   environments: [production, qualification, development]
#   failure_msg: "{address} grants {actual}, so the protection of records can be weakened."
#   fix: "Take the actions out of the policy; settings.deployRoleArns names the roles that may hold them."
#   verified_by: [OQ-access-weaken-lock]
package part11.p11_10c_12

import data.lib.grant
import data.lib.scope

answers contains grant.identity_answer(policy, _weakening, "s3") if {
	scope.applies(rego.metadata.chain())
	some policy in grant.identity_policies
}

answers contains grant.resource_answer(policy, _weakening, set()) if {
	scope.applies(rego.metadata.chain())
	some policy in grant.resource_policies({"aws_s3_access_point", "aws_s3_bucket", "aws_s3_bucket_policy"})
}

not_applicable := scope.reason(rego.metadata.chain(), "IAM or bucket policy") if count(answers) == 0

_weakening := [
	"s3:bypassgovernanceretention",
	"s3:deletebucket",
	"s3:deletebucketpolicy",
	"s3:deleteobjectversion",
	"s3:putaccesspointpolicy",
	"s3:putaccountpublicaccessblock",
	"s3:putbucketacl",
	"s3:putbucketobjectlockconfiguration",
	"s3:putbucketownershipcontrols",
	"s3:putbucketpolicy",
	"s3:putbucketpublicaccessblock",
	"s3:putbucketversioning",
	"s3:putencryptionconfiguration",
	"s3:putlifecycleconfiguration",
	"s3:putreplicationconfiguration",
]
