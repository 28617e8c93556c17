# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: What policies give to others than the deploy role
# description: |-
#   Judged policy by policy, so that one attached to a principal outside the plan, or to none yet, is judged too.
#   A boundary grants nothing; a statement whose resources are not known still tells its actions.
package lib.grant

import data.lib.answer
import data.lib.statement

# Identity policies of anyone but the deploy roles alone.
identity_policies := [policy |
	some policy in statement.live_policies
	policy.use == "identity"
	not _for_deploy_roles_only(policy)
]

# Those of principals outside the plan, or of none yet: nobody's other policies can take anything back.
unattached_policies := [policy | some policy in identity_policies; count(policy.subjects) == 0]

# Whether what a policy grants cannot be read.
unreadable(policy) if statement.unreadable(policy)

unreadable(policy) if statement.managed_grade(policy) == "unknown"

# Resource policies that stand on a resource of one of the given types.
resource_policies(types) := [policy | some [type, policy] in _on_resources; types[type]]

_on_resources := [[input.resources[policy.address].type, policy] |
	some policy in statement.live_policies
	policy.use == "resource"
]

# Whether an identity policy grants none of the wanted actions (lower case) of a service.
identity_answer(policy, wanted, service) := _answer(policy, actions, expected) if {
	actions := _granted(policy, wanted, service)
	expected := $"none of {concat(", ", wanted)}"
}

# Whether a resource policy grants none of them to anyone but deploy roles and, where `trusted` holds it, the "account root".
resource_answer(policy, wanted, trusted) := _answer(policy, actions, expected) if {
	meant := {action | some action in wanted}
	actions := {action |
		some allow in _allows(policy)
		_to_strangers(allow, trusted)
		some action in statement.matched_actions(allow, meant)
	}
	expected := $"none of {concat(", ", wanted)}"
}

_answer(policy, actions, expected) := answer.failed(policy.address, policy.attribute, expected, actual) if {
	count(actions) > 0
	actual := concat(", ", sort(actions))
} else := answer.unknown(policy.address, policy.attribute, expected, "not readable before apply") if {
	actions_unknown(policy)
} else := answer.passed(policy.address, policy.attribute, expected, "none")

_granted(policy, wanted, service) := {action |
	some allow in _allows(policy)
	_may_name(allow, service)
	some action in statement.matched_actions(allow, meant)
	not _taken_back(policy, action)
} if {
	policy.origin != "aws-managed"
	meant := {action | some action in wanted}
} else := {action | some action in wanted} if {
	statement.managed_grade(policy) == "admin"
} else := set()

_allows(policy) := [said |
	some index in policy.statements
	said := input.statements[index]
	said.effect == "Allow"
]

_for_deploy_roles_only(policy) if {
	count(policy.subjects) > 0
	every subject in policy.subjects {
		subject in statement.deploy_roles
	}
}

# Every principal that the policy is attached to is denied the action again, everywhere.
_taken_back(policy, action) if {
	count(policy.subjects) > 0
	every subject in policy.subjects {
		statement.denied_everywhere(subject, action)
	}
}

# What a policy allows is not known; one whose resources alone are not known still tells its actions.
actions_unknown(policy) if policy.origin == "unknown"

actions_unknown(policy) if {
	policy.origin == "aws-managed"
	statement.managed_grade(policy) == "unknown"
}

actions_unknown(policy) if {
	some index in policy.statements
	input.statements[index].partial
	count(input.statements[index].actions) + count(input.statements[index].notActions) == 0
}

# Resources of another service cannot be meant by an action of this one.
_may_name(allow, _) if allow.partial

_may_name(allow, _) if count(allow.notResources) > 0

_may_name(allow, service) if {
	some pattern in allow.resources
	_pattern_may_name(pattern, service)
}

_pattern_may_name(pattern, _) if not startswith(pattern, "arn:")

_pattern_may_name(pattern, service) if {
	segments := split(pattern, ":")
	startswith(pattern, "arn:")
	_service_fits(segments, service)
}

_service_fits(segments, _) if count(segments) < 3

_service_fits(segments, service) if segments[2] == service

_service_fits(segments, _) if contains(segments[2], "*")

_to_strangers(allow, _) if count(allow.notPrincipals) > 0

_to_strangers(allow, trusted) if {
	some principal in allow.principals
	not _known(principal, trusted)
}

_known(principal, _) if principal.value in input.settings.deployRoleArns

_known(principal, _) if {
	roles := statement.roles_of_principal(principal)
	count(roles) > 0
	count(roles - statement.deploy_roles) == 0
}

_known(principal, trusted) if {
	"account root" in trusted
	principal.type == "AWS"
	regex.match(`^(arn:[a-z-]+:iam::)?[0-9]{12}(:root)?$`, principal.value)
}
