# SPDX-License-Identifier: Apache-2.0

package lib.duty

import data.lib.answer
import data.lib.blinding
import data.lib.key
import data.lib.statement

# Answers on principals: what one of them holds by all the roles that it may take, and by resource policies that name it. A
# principal is a role of the plan, or the exact text of what stands outside; who is meant by an account or a wildcard no
# plan tells.

answers contains _taken(role) if {
	some role in statement.runtime_roles
	count(_takers[role]) > 0
}

answers contains answer.unknown(role, "assume_role_policy", _expected, "not readable before apply") if {
	some role in statement.runtime_roles
	statement.uncertain_on(role, "trust")
	count(_held[role]) > 0
}

answers contains answer.failed(policy.address, policy.attribute, _expected, answer.few(joining)) if {
	some i, policies in _named_by
	policy := input.policies[i]
	joining := {$"{who}: {_joined[who]}" | some who in policies; _joined[who]}
	count(joining) > 0
}

_taken(role) := answer.failed(role, "assume_role_policy", _expected, answer.few(joining)) if {
	joining := {$"{who}: {_joined[who]}" | some who in _takers[role]; _joined[who]}
	count(joining) > 0
} else := answer.passed(role, "assume_role_policy", _expected, answer.few(_takers[role]))

_expected := "no principal that holds a second duty by other roles or policies"

# Principal -> the duties that it joins, or what else it must not do together.
_joined[who] := joins if {
	some who in _principals
	joins := _joins(who)
}

_joins(who) := concat(" and ", sort(duties)) if {
	duties := _duties(who)
	count(duties) > 1
} else := "reading blinded and unblinded records" if crosses(_read(who))

_principals := {who | some who, _ in _roles_taken} | {who | some who, _ in _given}

_duties(who) := (union({_held[role] | some role in _roles_taken[who]}) | _given_duties(who)) | object.get(_held, who, set())

# An administrator of a key that encrypts does not sign with it, whatever `kms:*` says.
_given_duties(who) := of_allows(others) | (of_allows(of_keys) - {"signing"}) if {
	given := object.get(_given, who, set())
	of_keys := [said | some [i, said] in given; _of_encryption(input.policies[i])]
	others := [said | some [i, said] in given; not _of_encryption(input.policies[i])]
}

_read(who) := (union({_reads[role] | some role in _roles_taken[who]}) | read_by_allows(_allows(who))) | object.get(_reads, who, set())

_held[role] := of_identity(role) if some role in statement.runtime_roles

_reads[role] := read_by_identity(role) if some role in (statement.runtime_roles - blinding.promotion)

_allows(who) := [said | some [_, said] in object.get(_given, who, set())]

_of_encryption(policy) if {
	count(policy.subjects) > 0
	every subject in policy.subjects {
		input.resources[subject].type in {"aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key"}
		not key.signing[subject]
	}
}

# ---- who may take a role --------------------------------------------------------------------------------------------

_takers[role] contains who if {
	some role in statement.runtime_roles
	some policy in statement.policies_on(role, "trust")
	some index in policy.statements
	said := input.statements[index]
	said.effect == "Allow"
	statement.matches_action(said, "sts:assumerole")
	some principal in said.principals
	some who in _names(principal)
}

_roles_taken[who] contains role if {
	some role, takers in _takers
	some who in takers
}

_names(principal) := roles - statement.deploy_roles if {
	roles := statement.roles_of_principal(principal)
	count(roles) > 0
} else := {principal.value} if {
	principal.type == "AWS"
	_exact(principal.value)
} else := set()

_exact(value) if {
	not value in input.settings.deployRoleArns
	not statement.wildcard(value)
	not regex.match(`^(arn:[a-z-]+:iam::)?[0-9]{12}(:root)?$`, value)
}

# ---- who is named by resource policies ------------------------------------------------------------------------------

# Principal outside the plan -> [policy, statement].
_given[who] contains [i, said] if {
	some i, policy in input.policies
	policy.use == "resource"
	statement.live(policy)
	some index in policy.statements
	said := input.statements[index]
	said.effect == "Allow"
	some principal in said.principals
	some who in _outside(principal)
}

_named_by[i] contains who if {
	some who, given in _given
	some [i, _] in given
}

_outside(principal) := {principal.value} if {
	count(statement.roles_of_principal(principal)) == 0
	principal.type == "AWS"
	_exact(principal.value)
} else := set()
