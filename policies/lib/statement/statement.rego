# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Statements by subject
# description: |
#   Who is granted what, and what protects a resource. Statements come normalised from the facts; this package joins them
#   with resources and roles. A boundary limits and grants nothing; a deleted policy is not there.
# scope: package
package lib.statement

import data.lib.resource

# Policies that the plan takes away do not count.
live_policies := [policy | some policy in input.policies; live(policy)]

live(policy) if not gone(policy.address)

gone(address) if {
	input.resources[address].deposed != null
} else if {
	resource.taken_away(input.resources[address])
}

# Live policies of one use on the resource, role or key that they govern.
policies_on(address, use) := [policy |
	some index in object.get(input.policiesOn, address, [])
	policy := input.policies[index]
	policy.use == use
	live(policy)
]

# Resource policy statements of a bucket, key, topic, queue, function… AWS keeps one policy of a bucket, key or topic, the
# one written last: of several, each may be the one, so all that any of them allows is allowed, and denied is only what
# each of them denies.
on(address) := object.get(_on, address, [])

_on[address] := statements if {
	some address, _ in input.policiesOn
	policies := policies_on(address, "resource")
	shared := _said_by_each(policies)
	statements := [said |
		some policy in policies
		some index in policy.statements
		said := input.statements[index]
		_counts(said, policies, shared)
	]
}

_counts(said, policies, shared) if {
	said.effect == "Allow"
} else if {
	count(policies) == 1
} else := shared[_meaning(said)]

# Found once for all statements of an address: each against each would grow with the square.
_said_by_each(policies) := set() if {
	count(policies) < 2
} else := intersection({{_meaning(input.statements[index]) | some index in policy.statements} | some policy in policies})

_meaning(said) := object.remove(said, ["policy", "sid"])

# Some policy of that use on the address cannot be read in full.
uncertain_on(address, use) if {
	some policy in policies_on(address, use)
	unreadable(policy)
}

unreadable(policy) if policy.origin == "unknown"

unreadable(policy) if {
	some index in policy.statements
	input.statements[index].partial
}

# A permission of Lambda whose caller, action and account are known: a source known after apply only narrows it further.
within_account(policy) if {
	input.resources[policy.address].type == "aws_lambda_permission"
	policy.origin == "plan"
	count(policy.statements) > 0
	every index in policy.statements {
		said := input.statements[index]
		count(said.principals) > 0
		count(said.actions) > 0
		restricted_by(said, source_keys)
	}
}

identity_policies(principal) := object.get(_identity_policies, principal, [])

_identity_policies[principal] := policies if {
	some principal, indexes in input.policiesOf
	policies := [policy |
		some index in indexes
		policy := input.policies[index]
		policy.use == "identity"
		live(policy)
	]
}

boundaries(principal) := [policy |
	some index in object.get(input.policiesOf, principal, [])
	policy := input.policies[index]
	policy.use == "boundary"
	live(policy)
]

# Everything that identity policies say of a role, user or group: Allow and Deny.
identity[principal] := statements if {
	some principal, _ in input.policiesOf
	statements := [input.statements[index] |
		some policy in identity_policies(principal)
		some index in policy.statements
	]
}

# Allow statements of a role's identity policies, and of resource policies that name the role.
# A role may have nothing but what they give it.
granted[principal] := array.concat(own, given) if {
	some principal in _grantees
	own := [statement | some statement in object.get(identity, principal, []); statement.effect == "Allow"]
	given := object.get(granted_by_resources, principal, [])
}

_grantees := {principal | some principal, _ in input.policiesOf} | {role | some role, _ in _given}

granted_by_resources[role] := [input.statements[index] | some index in indexes] if some role, indexes in _given

# One pass over the policies, so that roles do not each read them all.
_given[role] contains index if {
	some policy in live_policies
	policy.use == "resource"
	some index in policy.statements
	said := input.statements[index]
	said.effect == "Allow"
	some principal in said.principals
	some role in roles_of_principal(principal)
}

# An identity policy of the principal that cannot be read in full: what it grants is not known.
uncertain[principal] contains policy.address if {
	some principal, _ in input.policiesOf
	some policy in identity_policies(principal)
	unreadable(policy)
}

uncertain[principal] contains policy.address if {
	some principal, _ in input.policiesOf
	some policy in identity_policies(principal)
	managed_grade(policy) == "unknown"
}

# AWS-managed policies are known by their ARN alone, whatever the partition. Not in the table: not known.
managed_grade(policy) := data.part11_data.managed_policies[managed_name(policy)] if {
	policy.origin == "aws-managed"
} else := "unknown" if {
	policy.origin == "aws-managed"
}

# "AdministratorAccess", "service-role/AWSLambdaBasicExecutionRole": the ARN behind ":policy/".
managed_name(policy) := substring(policy.arn, indexof(policy.arn, ":policy/") + 8, -1)

roles := {address | some address in object.get(input.byType, "aws_iam_role", []); not gone(address)}

# "<path><name>", the part of a role's ARN that the plan holds.
role_path[role] := concat("", [trim_prefix(path, "/"), name]) if {
	some role in roles
	name := input.resources[role].values.name
	path := given_path(input.resources[role].values)
}

given_path(values) := values.path if is_string(values.path)

given_path(values) := "/" if not is_string(object.get(values, "path", null))

# Two accounts may each have a role of one path and name, and two instances of a module share their text.
roles_by_path[path] contains role if some role, path in role_path

roles_by_reference[text] contains role if {
	some role in roles
	text := concat("", ["${", local_address(role), ".arn}"])
}

# The addresses of the roles that a principal may name, by ARN or by `${aws_iam_role.x.arn}`.
roles_of_principal(principal) := named | referred if {
	principal.type == "AWS"
	named := object.get(roles_by_path, path_in_arn(principal.value), set())
	referred := object.get(roles_by_reference, principal.value, set())
} else := set()

# "service/worker" of "arn:aws:iam::111122223333:role/service/worker"; null for what names no role.
path_in_arn(arn) := split(arn, ":role/")[1] if {
	contains(arn, ":role/")
} else := null

# A deploy role is never a runtime principal. Settings hold exact ARNs; the plan holds path and name, so of two roles
# that the ARN may mean neither is trusted.
deploy_roles contains role if {
	some arn in input.settings.deployRoleArns
	candidates := roles_by_path[path_in_arn(arn)]
	count(candidates) == 1
	some role in candidates
}

runtime_roles := roles - deploy_roles

# The address inside its module, as configuration text writes it.
local_address(address) := trim_prefix(address, concat("", [input.resources[address].module, "."]))

# What the role may do: some Allow covers the action, and no Deny of its own takes it away everywhere.
may(principal, action) if {
	some statement in granted[principal]
	matches_action(statement, action)
	not denied_everywhere(principal, action)
}

# Grants of the action that are not taken away again.
grants(principal, action) := [statement |
	some statement in object.get(granted, principal, [])
	matches_action(statement, action)
	not denied_everywhere(principal, action)
]

denied_everywhere(principal, action) if {
	some statement in identity[principal]
	statement.effect == "Deny"
	not statement.partial
	count(statement.conditions) == 0
	"*" in statement.resources
	covers_action(statement, action)
}
