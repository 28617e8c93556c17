# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Who stands behind the principals of a trust policy
# description: |-
#   A person comes as an account, a user, a role outside the plan, or through federation. A service is nobody, a role of
#   the plan has its own trust policy, and a CI provider is a machine where a condition says whose jobs are meant.
package lib.person

import data.lib.statement

# Principals of an Allow behind which a person may stand: [{"type", "value", "signed_on": by SAML or IAM Identity Center}].
behind(said) := {person |
	said.effect == "Allow"
	some principal in said.principals
	_personal(said, principal)
	person := {"type": principal.type, "value": principal.value, "signed_on": _signed_on(said, principal)}
} | {{"type": "NotPrincipal", "value": principal.value, "signed_on": false} |
	said.effect == "Allow"
	some principal in said.notPrincipals
}

_personal(_, principal) if {
	principal.type in {"*", "AWS"}
	count(statement.roles_of_principal(principal)) == 0
}

_personal(said, principal) if {
	principal.type == "Federated"
	not _machine(said, principal)
}

_machine(said, principal) if statement.names_jobs(said, _issuer(said, principal.value))

# The issuer of an OIDC provider, as conditions write it: behind ":oidc-provider/" of its ARN, or the url of the resource
# that the text refers to.
_issuer(_, value) := lower(split(value, ":oidc-provider/")[1]) if contains(value, ":oidc-provider/")

_issuer(said, value) := lower(trim_suffix(trim_prefix(input.resources[address].values.url, "https://"), "/")) if {
	some address in said.refs
	value == concat("", ["${", statement.local_address(address), ".arn}"])
}

default _signed_on(_, _) := false

_signed_on(said, principal) if _saml(said, principal.value)

_signed_on(_, principal) if _identity_center(principal.value)

# An account or a wildcard, cut down to roles of IAM Identity Center.
_signed_on(said, _) if {
	some condition in said.conditions
	condition.key == "aws:principalarn"
	condition.operator in {"ArnEquals", "ArnLike", "StringEquals", "StringLike"}
	count(condition.values) > 0
	every value in condition.values {
		_identity_center(value)
	}
}

_saml(_, value) if contains(value, ":saml-provider/")

_saml(said, value) if {
	some address in said.refs
	input.resources[address].type == "aws_iam_saml_provider"
	value == concat("", ["${", statement.local_address(address), ".arn}"])
}

# The service alone can make roles under this path.
_identity_center(arn) if contains(statement.head(arn), ":role/aws-reserved/sso.amazonaws.com/")

# Every principal is one role by its full ARN: not an account, in which anybody may be given the right.
named_roles(said) if {
	count(said.principals) > 0
	every principal in said.principals {
		contains(principal.value, ":role/")
		not statement.wildcard(principal.value)
	}
}
