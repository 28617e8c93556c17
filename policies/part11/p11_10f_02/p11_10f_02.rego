# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Signing follows a review
# description: |-
#   A function that signs (tag Part11Role = sign, or its role may use kms:Sign) is called by a state machine of the plan, on
#   no way from the start that a person has not answered on (a step that waits for a task token, or an activity). Beside the
#   state machine only an API may call it, held to its source, which hands on the signer's own request: no event, queue,
#   function URL, account or public caller may. What the function asks for before it signs is tested live.
# custom:
#   id: P11-10f-02
#   severity: high
#   clauses: ["11.10(f)"]
#   annex11: ["6", "14"]
#   alcoa: [attributable, consistent]
#   requirements: [URS-029, URS-025]
#   resources:
#     - aws_lambda_function
#     - aws_lambda_event_source_mapping
#     - aws_lambda_function_url
#     - aws_lambda_permission
#     - aws_sfn_state_machine
#     - aws_iam_group_policy
#     - aws_iam_policy
#     - aws_iam_role
#     - aws_iam_role_policy
#     - aws_iam_role_policy_attachment
#     - aws_iam_user_policy
#     - aws_kms_key
#     - aws_kms_key_policy
#   attributes:
#     - {type: aws_lambda_function, path: function_name}
#     - {type: aws_lambda_function, path: role}
#     - {type: aws_lambda_function, path: tags}
#     - {type: aws_lambda_function, path: tags_all}
#     - {type: aws_lambda_event_source_mapping, path: function_name}
#     - {type: aws_lambda_function_url, path: function_name}
#     - {type: aws_lambda_permission, path: action}
#     - {type: aws_lambda_permission, path: function_name}
#     - {type: aws_lambda_permission, path: principal}
#     - {type: aws_lambda_permission, path: source_arn}
#     - {type: aws_sfn_state_machine, path: definition}
#     - {type: aws_iam_group_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#     - {type: aws_iam_user_policy, path: policy}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_kms_key_policy, path: policy}
#   environments: [production, qualification, development]
#   failure_msg: "Something may be signed that nobody reviewed: {actual}."
#   fix: "Call the signing function from a state machine, behind a step that waits for the reviewer, and let nobody else call it but an API with source_arn."
#   verified_by: ["none: no module brings signing yet; electronic signatures will"]
package part11.p11_10f_02

import data.lib.answer
import data.lib.resource
import data.lib.scope
import data.lib.statement
import data.lib.tag
import data.lib.workflow

answers contains _ordered(function) if some function in _signing

answers contains _admitted(policy, input.statements[index]) if {
	some function in _signing
	some policy in statement.policies_on(function, "resource")
	some index in policy.statements
	input.statements[index].effect == "Allow"
}

answers contains answer.unknown(policy.address, policy.attribute, _callers, "text not known") if {
	some function in _signing
	some policy in statement.policies_on(function, "resource")
	policy.origin == "unknown"
}

answers contains answer.failed(caller, "function_name", _callers, function) if {
	some type in ["aws_lambda_event_source_mapping", "aws_lambda_function_url"]
	some caller in resource.existing(type)
	some function in resource.referred(input.resources[caller], "function_name")
	_signing[function]
}

not_applicable := scope.reason(rego.metadata.chain(), "function that signs") if count(_signing) == 0

_signing contains function if {
	some function in scope.existing(rego.metadata.chain(), "aws_lambda_function")
	_signs(input.resources[function])
}

# A role tag that is not known may say so.
_signs(function) if tag.read(function, "Part11Role").value == "sign"

_signs(function) if tag.read(function, "Part11Role").status == "unknown"

_signs(function) if {
	some role in resource.referred(function, "role")
	statement.may(role, "kms:sign")
}

_ordered(function) := answer.failed(min(open), "definition", _expected, $"{function} is called without a review") if {
	open := {machine | some machine in workflow.calling[function]; workflow.unreviewed(machine, function)}
	count(open) > 0
} else := answer.passed(function, "definition", _expected, concat(", ", sort(workflow.calling[function]))) if {
	count(workflow.calling[function]) > 0
} else := answer.unknown(function, "definition", _expected, $"{_dark} is not readable") if {
	_dark
} else := answer.failed(function, "definition", _expected, "no state machine calls it")

# One of them is enough to say, and is found once.
_dark := min(workflow.unreadable)

_admitted(policy, allow) := answer.unknown(policy.address, policy.attribute, _callers, "principal or action known after apply") if {
	count(allow.principals) + count(allow.notPrincipals) == 0
} else := answer.failed(policy.address, policy.attribute, _callers, concat(", ", sort(strangers))) if {
	strangers := {principal.value | some principal in allow.principals; not _may_call(principal)}
	count(strangers) > 0
} else := answer.failed(policy.address, policy.attribute, _callers, "any source") if {
	not _sourced(allow)
} else := answer.passed(policy.address, policy.attribute, _callers, concat(", ", sort(statement.services(allow))))

_may_call(principal) if {
	principal.type == "Service"
	principal.value in {"apigateway.amazonaws.com", "states.amazonaws.com"}
}

# A source that is a reference is not known before the apply, and is one source all the same.
_sourced(allow) if {
	some condition in allow.conditions
	condition.key == "aws:sourcearn"
	count(condition.values) == 0
}

_sourced(allow) if statement.restricted_by(allow, {"aws:sourcearn"})

_expected := "a state machine that calls it behind a review"

_callers := "an API held to its source, or the state machine"
