# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: What takes a right away again
# description: |-
#   A Deny outweighs every Allow, wherever it stands: in the policies of a role, in its boundary, or in the policy of a bucket
#   or a key. It is told here where it names the role, everybody, the account, or everybody but others, without a condition or
#   on the condition of who asks; a Deny on any other condition (no TLS, another network) is none. A boundary that
#   does not allow an action takes it away as well. Source: IAM user guide, Policy evaluation logic.
package lib.denial

import data.lib.key
import data.lib.statement

# Addresses of the policies that take an object action on some object of a bucket from a role; empty when none does.
of_objects(role, action, address) := unbounded(role, action) | {policy |
	some [policy, said] in _denials(role, address)
	statement.matches_action(said, action)
	statement.touches_objects(said, address, "")
}

# The same of an action on the bucket itself.
of_bucket(role, action, address) := unbounded(role, action) | {policy |
	some [policy, said] in _denials(role, address)
	statement.matches_action(said, action)
	statement.touches_bucket(said, address)
}

# The same of an action on a key.
of_key(role, action, address) := (unbounded(role, action) | {policy |
	some [policy, said] in _own(role)
	statement.matches_action(said, action)
	key.touched(said, {address}) != set()
}) | {policy |
	some [policy, said] in _on(role, address)
	statement.matches_action(said, action)
}

_denials(role, address) := _own(role) | _on(role, address)

# Denials of the role's own policies and boundary, whose conditions say nothing of somebody else.
_own(role) := object.get(_owned, role, set())

_owned[role] contains [policy.address, said] if {
	some role in statement.roles
	some policy in array.concat(statement.identity_policies(role), statement.boundaries(role))
	some index in policy.statements
	said := input.statements[index]
	said.effect == "Deny"
	_asked_by(said, role)
}

# Denials of a bucket or a key that mean the role. `statement.on` leaves out what not each of several policies denies.
_on(role, address) := {[resource_policy, said] |
	some said in statement.on(address)
	said.effect == "Deny"
	_names(said, role)
	_asked_by(said, role)
	resource_policy := input.policies[said.policy].address
}

_names(said, _) if statement.everyone(said)

_names(said, role) if {
	some principal in said.principals
	statement.roles_of_principal(principal)[role]
}

# An account stands for everybody in it. Which account is the plan's own is not known, and a Deny for another one is of no use.
_names(said, _) if {
	some principal in said.principals
	principal.type == "AWS"
	regex.match(`^(arn:[a-z-]+:iam::)?[0-9]{12}(:root)?$`, principal.value)
}

_names(said, role) if {
	count(said.notPrincipals) > 0
	every principal in said.notPrincipals {
		not statement.roles_of_principal(principal)[role]
	}
}

_asked_by(said, _) if count(said.conditions) == 0

_asked_by(said, role) if {
	count(said.conditions) == 1
	condition := said.conditions[0]
	condition.key == "aws:principalarn"
	_meant(condition, role)
}

_meant(condition, role) if {
	condition.operator in {"ArnEquals", "ArnLike", "StringEquals", "StringLike"}
	some value in condition.values
	_covers(value, role)
}

_meant(condition, role) if {
	condition.operator in {"ArnNotEquals", "ArnNotLike", "StringNotEquals", "StringNotLike"}
	every value in condition.values {
		_told(value)
		not _covers(value, role)
	}
}

_told(value) if {
	not contains(value, "${")
} else if {
	statement.roles_by_reference[value]
}

_covers("*", _)

_covers(value, role) if statement.roles_by_reference[value][role]

_covers(value, role) if statement.text_covers(statement.path_in_arn(value), statement.role_path[role])

# Boundaries that can be read and allow the action nowhere.
unbounded(role, action) := {boundary.address |
	some boundary in statement.boundaries(role)
	not statement.unreadable(boundary)
	boundary.origin != "aws-managed"
	count([index | some index in boundary.statements; _allows(input.statements[index], action)]) == 0
}

_allows(said, action) if {
	said.effect == "Allow"
	statement.covers_action(said, action)
}
