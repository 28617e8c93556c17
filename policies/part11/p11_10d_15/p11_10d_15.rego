# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: No administrator or wildcard rights
# description: |-
#   No identity or session policy of a runtime principal allows every action, every action but some, or all actions
#   of a service on every resource; no AWS-managed policy does so either. Nor does one allow, on resources without a name, an
#   action that ends in more rights (passing or taking roles, changing policies, creating stacks), unless each holder is denied
#   it everywhere or its boundary does not allow it. A deploy role named in the settings is no runtime principal; a boundary
#   grants nothing; the account root's kms:* in a key policy is no role's grant.
# custom:
#   id: P11-10d-15
#   severity: critical
#   clauses: ["11.10(d)", "11.10(g)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-003]
#   resources:
#     - aws_iam_role_policy
#     - aws_iam_policy
#     - aws_iam_role_policy_attachment
#     - aws_iam_user_policy
#     - aws_iam_group_policy
#     - aws_transfer_user
#     - aws_iam_role
#   attributes:
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#     - {type: aws_iam_user_policy, path: policy}
#     - {type: aws_iam_group_policy, path: policy}
#     - {type: aws_transfer_user, path: policy}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role, path: permissions_boundary}
#   environments: [production, qualification, development]
#   failure_msg: The policy grants administrator or wildcard rights.
#   fix: Name the actions and the resources that the role needs.
#   verified_by: [IQ, OQ-write-outside-prefix, OQ-write-get, OQ-write-list]
package part11.p11_10d_15

import data.lib.answer
import data.lib.denial
import data.lib.scope
import data.lib.statement

answers contains _judged(policy) if some policy in _policies

not_applicable := scope.reason(rego.metadata.chain(), "identity policy") if count(_policies) == 0

_policies := [policy |
	some policy in statement.live_policies
	policy.use in ["identity", "session"]
	not _deploys_only(policy)
]

_deploys_only(policy) if {
	count(policy.subjects) > 0
	every subject in policy.subjects {
		subject in statement.deploy_roles
	}
}

_judged(policy) := answer.failed(policy.address, policy.attribute, _expected, found) if {
	found := min({text | some index in policy.statements; text := _wide(input.statements[index])})
} else := answer.failed(policy.address, policy.attribute, _expected, policy.arn) if {
	statement.managed_grade(policy) == "admin"
} else := answer.failed(policy.address, policy.attribute, _expected, min(_escalations(policy))) if {
	count(_escalations(policy)) > 0
} else := answer.unknown(policy.address, policy.attribute, _expected, policy.arn) if {
	statement.managed_grade(policy) == "unknown"
} else := answer.unknown(policy.address, policy.attribute, _expected, "text not known") if {
	policy.origin == "unknown"
} else := answer.unknown(policy.address, policy.attribute, _expected, "resources not known") if {
	some index in policy.statements
	input.statements[index].partial
	_dangerous(input.statements[index])
} else := answer.passed(policy.address, policy.attribute, _expected, "actions and resources named")

_wide(allow) := pattern if {
	allow.effect == "Allow"
	pattern := min({action | some action in allow.actions; _every_action(action)})
} else := $"NotAction {concat(", ", allow.notActions)}" if {
	allow.effect == "Allow"
	count(allow.notActions) > 0
} else := $"{concat(", ", allow.actions)} on {resource}" if {
	_service_wide(allow)
	resource := min({pattern | some pattern in allow.resources; _every_resource(pattern)})
} else := $"{concat(", ", allow.actions)} on NotResource" if {
	_service_wide(allow)
	count(allow.notResources) > 0
}

_service_wide(allow) if {
	allow.effect == "Allow"
	some pattern in allow.actions
	trim(substring(pattern, indexof(pattern, ":") + 1, -1), "*?") == ""
}

_dangerous(allow) if _service_wide(allow)

_dangerous(allow) if {
	allow.effect == "Allow"
	count(statement.matched_actions(allow, _ending_in_more)) > 0
}

# What the policy allows of the actions that end in more rights, on resources that it does not name.
_escalations(policy) := {$"{action} on {resource}" |
	some index in policy.statements
	allow := input.statements[index]
	allow.effect == "Allow"
	some action in statement.matched_actions(allow, _ending_in_more)
	some resource in _nameless(allow)
	not _taken_back(policy, action)
}

_ending_in_more := {action | some action in data.part11_data.escalating_actions}

_nameless(allow) := {pattern | some pattern in allow.resources; _without_name(pattern)} | {"NotResource" | count(allow.notResources) > 0}

# "*", "arn:aws:iam::111122223333:role/*"
_without_name(pattern) if {
	parts := split(pattern, ":")
	count(parts) < 6
	contains(pattern, "*")
}

_without_name(pattern) if {
	parts := split(pattern, ":")
	regex.match(`^((access-grants|accesspoint|policy|role|stack)/)?[*?/:]+$`, concat(":", array.slice(parts, 5, count(parts))))
}

_taken_back(policy, action) if {
	count(policy.subjects) > 0
	every subject in policy.subjects {
		_may_not(subject, action)
	}
}

_may_not(subject, action) if {
	statement.denied_everywhere(subject, action)
} else if count(denial.unbounded(subject, action)) > 0

_every_action(pattern) if {
	contains(pattern, "*")
	not contains(split(pattern, "*")[0], ":")
}

# Any table, any function: one type, whichever account.
_every_resource(resource) if {
	parts := split(resource, ":")
	contains(parts[4], "*")
	regex.match(`^[a-z-]*[/:]?[*?]+$`, concat(":", array.slice(parts, 5, count(parts))))
}

_every_resource(resource) if {
	parts := split(resource, ":")
	count(parts) < 6
	contains(resource, "*")
}

_every_resource(resource) if {
	parts := split(resource, ":")
	count(parts) == 6
	parts[4] == ""
	trim(parts[5], "*?") == ""
}

_expected := "no administrator or wildcard rights"
