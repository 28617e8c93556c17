# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Only the sign function may sign
# description: |-
#   A signature says that the sign function checked who asked; whoever else may use the key could sign in anybody's name.
#   The policy of each signing key (as P11-70-01 finds them, with copies in other regions) lets exactly one role call
#   kms:Sign, be it by its Allow statements or by a Deny for everybody but one aws:PrincipalArn. A statement for the account
#   root hands the key to every administrator, deploy roles included. No grant and no identity policy gives the right to
#   anyone else either.
# custom:
#   id: P11-70-02
#   severity: critical
#   clauses: ["11.70", "11.10(g)"]
#   annex11: ["14"]
#   alcoa: [attributable]
#   requirements: [URS-030]
#   resources:
#     - aws_kms_key
#     - aws_kms_grant
#     - aws_kms_key_policy
#     - aws_kms_replica_key
#     - aws_iam_group_policy
#     - aws_iam_policy
#     - aws_iam_role
#     - aws_iam_role_policy
#     - aws_iam_role_policy_attachment
#     - aws_iam_user_policy
#   attributes:
#     - {type: aws_iam_group_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#     - {type: aws_iam_user_policy, path: policy}
#     - {type: aws_kms_alias, path: target_key_id}
#     - {type: aws_kms_grant, path: key_id}
#     - {type: aws_kms_grant, path: operations}
#     - {type: aws_kms_key, path: key_usage}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_kms_key, path: tags}
#     - {type: aws_kms_key, path: tags_all}
#     - {type: aws_kms_key_policy, path: key_id}
#     - {type: aws_kms_key_policy, path: policy}
#     - {type: aws_kms_replica_key, path: policy}
#     - {type: aws_kms_replica_key, path: primary_key_arn}
#   environments: [production, qualification, development]
#   failure_msg: "Others than the sign function may sign with the key: {actual}."
#   fix: Allow kms:Sign in the key policy to the role of the sign function alone, and name other actions one by one for administrators and the account root.
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_70_02

import data.lib.answer
import data.lib.attribute
import data.lib.grant
import data.lib.key
import data.lib.resource
import data.lib.scope
import data.lib.statement

answers contains _governed(address) if some address in _keys

answers contains _handed(address) if some address in _grants

answers contains _held(policy) if {
	count(_keys) > 0
	some policy in grant.identity_policies
}

not_applicable := scope.reason(rego.metadata.chain(), "signing key") if count(_keys) == 0

_keys := key.signing | key.signing_copies

# ---- the key's own policy -------------------------------------------------------------------------------------------

_governed(address) := answer.failed(address, "policy", _expected, concat(", ", sort(others))) if {
	count(_fences(address)) == 0
	others := {who |
		some allow in statement.on(address)
		not allow.partial
		some who in _may_sign(allow)
		not _role(who)
	}
	count(others) > 0
} else := answer.failed(address, "policy", _expected, "the key's default policy: everybody whom IAM allows") if {
	count(statement.policies_on(address, "resource")) == 0
} else := answer.unknown(address, "policy", _expected, "policy not known in full") if {
	statement.uncertain_on(address, "resource")
} else := answer.failed(address, "policy", _expected, "nobody") if {
	count(_signers[address]) == 0
} else := answer.failed(address, "policy", _expected, concat(", ", sort(_signers[address]))) if {
	count(_signers[address]) > 1
} else := answer.passed(address, "policy", _expected, concat(", ", _signers[address]))

# Who may sign by the policy of the key: addresses of roles where the plan holds them, else as written.
_signers[address] := signers if {
	some address in _keys
	count(_fences(address)) > 0
	signers := intersection(_fences(address))
}

_signers[address] := signers if {
	some address in _keys
	count(_fences(address)) == 0
	signers := {who |
		some allow in statement.on(address)
		some who in _may_sign(allow)
	}
}

_may_sign(allow) := set() if {
	not _allows_signing(allow)
} else := {"everybody but some"} if {
	count(allow.notPrincipals) > 0
} else := {_identity(principal) | some principal in allow.principals}

_allows_signing(allow) if {
	allow.effect == "Allow"
	statement.matches_action(allow, "kms:sign")
}

# A role of the plan under one name, however it is written; of several that may be meant, the text.
_identity(principal) := role if {
	roles := statement.roles_of_principal(principal)
	count(roles) == 1
	some role in roles
} else := principal.value

_role(signer) if {
	statement.roles[signer]
} else if {
	contains(signer, ":role/")
	not statement.wildcard(signer)
	statement.constant(signer)
}

# Denies for everybody but those whom one condition names: whatever else allows, nobody else signs.
_fences(address) := {signers |
	some said in statement.on(address)
	statement.denies_everyone(said, "kms:sign")
	values := statement.only_condition(said, _unless, "aws:principalarn")
	every value in values {
		statement.constant(value)
		not statement.wildcard(value)
	}
	signers := {_identity({"type": "AWS", "value": value}) | some value in values}
}

_unless := {"ArnNotEquals", "ArnNotLike", "StringNotEquals", "StringNotLike"}

# ---- grants ---------------------------------------------------------------------------------------------------------

_grants := {address |
	some address in resource.existing("aws_kms_grant")
	of := input.resources[address]
	some one in (resource.referred(of, "key_id") | resource.possibly_referred(of, "key_id"))
	_keys[one]
}

_handed(address) := answer.unknown(address, "operations", _ungranted, "known after apply") if {
	attribute.read(input.resources[address], ["operations"]).status == "unknown"
} else := answer.failed(address, "operations", _ungranted, "Sign") if {
	"Sign" in attribute.read(input.resources[address], ["operations"]).value
} else := answer.passed(address, "operations", _ungranted, "none")

# ---- identity policies ----------------------------------------------------------------------------------------------

_held(policy) := answer.failed(policy.address, policy.attribute, _expected, concat(", ", sort(others))) if {
	others := _others(policy)
	count(others) > 0
} else := answer.unknown(policy.address, policy.attribute, _expected, "not readable before apply") if {
	grant.actions_unknown(policy)
} else := answer.unknown(policy.address, policy.attribute, _expected, "keys not known before apply") if {
	some index in policy.statements
	allow := input.statements[index]
	allow.partial
	allow.effect == "Allow"
	statement.matches_action(allow, "kms:sign")
	some one in _keys
	count(_holders(policy) - object.get(_signers, one, set())) > 0
} else := answer.passed(policy.address, policy.attribute, _expected, "nobody else")

_others(policy) := _holders(policy) if {
	statement.managed_grade(policy) == "admin"
} else := {holder |
	some index in policy.statements
	allow := input.statements[index]
	allow.effect == "Allow"
	statement.matches_action(allow, "kms:sign")
	some touched in key.touched(allow, _keys)
	some holder in (_holders(policy) - _signers[touched])
	not statement.denied_everywhere(holder, "kms:sign")
}

_holders(policy) := {"nobody of the plan"} if {
	count(policy.subjects) == 0
} else := {subject | some subject in policy.subjects} - statement.deploy_roles

_ungranted := "no grant of Sign"

_expected := "kms:Sign for one role alone"
