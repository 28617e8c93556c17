# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Legal holds are set and lifted by one custodian role
# description: |-
#   A legal hold keeps records beyond their retention, and lifting it is as grave as setting it. Exactly one role
#   may do either, so that each hold has an accountable custodian.
# custom:
#   id: P11-10c-14
#   severity: medium
#   clauses: ["11.10(c)", "11.10(g)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-009]
#   resources:
#     - aws_iam_group_policy
#     - aws_iam_policy
#     - aws_iam_role_policy
#     - aws_iam_user_policy
#     - aws_s3_bucket
#     - aws_s3_bucket_policy
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_iam_group_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_user_policy, path: policy}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#   environments: [production, qualification]
#   bucket_roles: [record, audit, replica, inbox, evidence]
#   failure_msg: "Legal holds have no single custodian: {address} is {actual}."
#   fix: "Grant s3:PutObjectLegalHold to one custodian role and to nobody else."
#   verified_by: [OQ-access-legal-hold]
package part11.p11_10c_14

import data.lib.answer
import data.lib.grant
import data.lib.scope
import data.lib.statement

answers contains answer.passed(holder, "policy", _expected, "the only one") if {
	_judged
	count(_holders) == 1
	some holder in _holders
	statement.roles[holder]
}

answers contains answer.failed(holder, "policy", _expected, $"one of {count(_holders)}") if {
	_judged
	count(_holders) > 1
	some holder in _holders
}

answers contains answer.failed(holder, "policy", _expected, "not a role") if {
	_judged
	count(_holders) == 1
	some holder in _holders
	not statement.roles[holder]
}

answers contains answer.failed("plan", "policy", _expected, "none") if {
	_judged
	count(_holders) == 0
	count(_unreadable) == 0
}

answers contains answer.unknown(address, "policy", _expected, "not readable before apply") if {
	_judged
	some address in _unreadable
}

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing bucket") if not _judged

_judged if count(scope.buckets(rego.metadata.chain())) > 0

# Principals of the plan, or the policies themselves where whom they are attached to is not in the plan.
_holders contains holder if {
	some [policy, status] in _identities
	status == "fail"
	some holder in _subjects(policy)
}

_holders contains policy.address if {
	some [policy, status] in _resources
	status == "fail"
}

_unreadable contains policy.address if {
	some [policy, status] in array.concat(_identities, _resources)
	status == "unknown"
}

# Policies with what they say of the right.
_identities := [[policy, grant.identity_answer(policy, _right, "s3").status] | some policy in grant.identity_policies]

_resources := [[policy, grant.resource_answer(policy, _right, set()).status] |
	some policy in grant.resource_policies({"aws_s3_bucket_policy"})
]

_right := ["s3:putobjectlegalhold"]

_subjects(policy) := {subject | some subject in policy.subjects} - statement.deploy_roles if {
	count(policy.subjects) > 0
} else := {policy.address}

_expected := "exactly one role that may s3:PutObjectLegalHold"
