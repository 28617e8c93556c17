# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: No right to stop or alter the trail
# description: |-
#   No identity policy of a runtime principal, or of a principal outside the plan, grants an action that stops, deletes or changes a trail, its logs, the
#   configuration recorder or threat detection, or that silences an alarm: its actions, its metric filter or event rule, the
#   topic and whoever hears it. An own unconditional Deny takes a grant away; a boundary does not.
# custom:
#   id: P11-10e-11
#   severity: critical
#   clauses: ["11.10(e)", "11.10(g)"]
#   annex11: ["12.4"]
#   alcoa: [complete, enduring]
#   requirements: [URS-016, URS-021]
#   resources:
#     - aws_iam_group_policy
#     - aws_iam_policy
#     - aws_iam_role
#     - aws_iam_role_policy
#     - aws_iam_role_policy_attachment
#     - aws_iam_user_policy
#   attributes:
#     - {type: aws_iam_group_policy, path: policy}
#     - {type: aws_iam_user_policy, path: policy}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#   environments: [production, qualification, development]
#   failure_msg: "A runtime principal may stop or alter the audit trail, or silence an alarm: {actual}."
#   fix: Remove the actions from the policy; leave them to the deploy role.
#   verified_by: [IQ, OQ-trail-stop, OQ-trail-delete]
package part11.p11_10e_11

import data.lib.answer
import data.lib.grant
import data.lib.scope
import data.lib.statement

answers contains _judged(principal, policy) if {
	some principal in _principals
	some policy in statement.identity_policies(principal)
}

answers contains _judged("nobody of the plan", policy) if some policy in grant.unattached_policies

not_applicable := scope.reason(rego.metadata.chain(), "identity policy of a runtime principal") if count(answers) == 0

_principals := {principal | some principal, _ in input.policiesOf} - statement.deploy_roles

_judged(principal, policy) := answer.failed(policy.address, policy.attribute, _expected, concat(", ", sort(found))) if {
	found := _forbidden(principal, policy)
	count(found) > 0
} else := answer.failed(policy.address, policy.attribute, _expected, policy.arn) if {
	statement.managed_grade(policy) == "admin"
} else := answer.unknown(policy.address, policy.attribute, _expected, "text not known") if {
	_dark(policy)
} else := answer.passed(policy.address, policy.attribute, _expected, "none")

_dark(policy) if policy.origin == "unknown"

_dark(policy) if statement.managed_grade(policy) == "unknown"

_forbidden(principal, policy) := {action |
	some index in policy.statements
	allow := input.statements[index]
	allow.effect == "Allow"
	some action in statement.matched_actions(allow, _trail_actions)
	not statement.denied_everywhere(principal, action)
}

_trail_actions := {action | some action in array.concat(data.part11_data.trail_actions, data.part11_data.silencing_actions)}

_expected := "no action that stops or alters the trail, or silences an alarm"
