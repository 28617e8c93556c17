# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: A sender's role can only upload
# description: |-
#   The role of an SFTP session may put objects, abort its uploads, list below a prefix, and use the key for that, and
#   nothing else: who delivers can neither read, nor replace by deleting, nor rename what arrived. Policies of the role and
#   resource policies that name it count. Judged are the roles of users, and for an identity provider of one's own, whose
#   users are in no plan, every role that transfer.amazonaws.com may assume and that is not its logging or workflow role.
# custom:
#   id: P11-10d-13
#   severity: critical
#   clauses: ["11.10(d)", "11.10(g)"]
#   annex11: ["12.1"]
#   alcoa: [original, attributable]
#   requirements: [URS-003]
#   resources:
#     - aws_transfer_user
#     - aws_transfer_access
#     - aws_iam_role
#     - aws_iam_role_policy
#     - aws_iam_policy
#     - aws_iam_role_policy_attachment
#     - aws_s3_bucket_policy
#     - aws_kms_key
#     - aws_kms_key_policy
#   attributes:
#     - {type: aws_transfer_user, path: role}
#     - {type: aws_transfer_access, path: role}
#     - {type: aws_transfer_server, path: identity_provider_type}
#     - {type: aws_transfer_server, path: logging_role}
#     - {type: aws_transfer_server, path: invocation_role}
#     - {type: aws_transfer_server, path: workflow_details.on_upload.execution_role}
#     - {type: aws_transfer_server, path: workflow_details.on_partial_upload.execution_role}
#     - {type: aws_transfer_connector, path: access_role}
#     - {type: aws_transfer_connector, path: logging_role}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role, path: assume_role_policy}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_kms_key_policy, path: policy}
#   environments: [production, qualification, development]
#   failure_msg: The role of an SFTP session may do more than upload.
#   fix: Leave s3:PutObject, s3:AbortMultipartUpload, s3:ListBucket with a condition on s3:prefix, s3:GetBucketLocation, kms:GenerateDataKey and kms:Decrypt.
#   verified_by: [IQ, OQ-sftp-get, OQ-sftp-neighbour-list, OQ-sftp-neighbour-put, OQ-sftp-rename, OQ-sftp-rm]
package part11.p11_10d_13

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope
import data.lib.statement
import data.lib.transfer

answers contains _judged(role) if {
	scope.applies(rego.metadata.chain())
	some role in transfer.session_roles
}

answers contains answer.unknown(role, "assume_role_policy", _expected, "whom it trusts is not known") if {
	scope.applies(rego.metadata.chain())
	some role in transfer.perhaps_session_roles
}

answers contains answer.unknown(user, "role", _expected, "a role of another plan") if {
	scope.applies(rego.metadata.chain())
	some user in transfer.users
	count(resource.referred(input.resources[user], "role") & statement.roles) == 0
	attribute.read(input.resources[user], ["role"]).status != "not_set"
}

not_applicable := scope.reason(rego.metadata.chain(), "role of an SFTP session") if count(answers) == 0

_judged(role) := answer.failed(role, "policy", _expected, concat(", ", sort(_excess(role)))) if {
	count(_excess(role)) > 0
} else := answer.unknown(role, "policy", _expected, "rights not known") if {
	some policy in statement.identity_policies(role)
	_unreadable(policy)
} else := answer.failed(role, "policy", _expected, "may not even upload") if {
	not _uploads(role)
} else := answer.passed(role, "policy", _expected, concat(", ", sort(_actions(role))))

# What goes beyond uploading: an action not in the table, a policy of AWS's own, everything but some actions, a listing of
# the whole bucket.
_excess(role) := (({action |
	some action in _actions(role)
	not action in data.part11_data.upload_actions
	not statement.denied_everywhere(role, action)
} | {policy.arn |
	some policy in statement.identity_policies(role)
	policy.origin == "aws-managed"
}) | {"everything but some actions" |
	some allow in object.get(statement.granted, role, [])
	count(allow.notActions) > 0
}) | {"s3:listbucket without a prefix" |
	some allow in object.get(statement.granted, role, [])
	"s3:listbucket" in allow.actions
	not _below_a_prefix(allow)
}

_actions(role) := {action | some allow in object.get(statement.granted, role, []); some action in allow.actions}

_uploads(role) if "s3:putobject" in _actions(role)

_below_a_prefix(allow) if {
	some condition in allow.conditions
	condition.key == "s3:prefix"
	condition.operator in {"StringEquals", "StringLike"}
	count(condition.values) > 0
	every value in condition.values {
		not regex.match(`^[*?]*$`, value)
	}
}

# A statement whose resources are not known yet still tells its actions.
_unreadable(policy) if policy.origin == "unknown"

_unreadable(policy) if {
	some index in policy.statements
	said := input.statements[index]
	count(said.actions) + count(said.notActions) == 0
}

_expected := "uploading and nothing else"
