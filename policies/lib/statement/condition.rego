# SPDX-License-Identifier: Apache-2.0

package lib.statement

# Every principal is meant.
everyone(statement) if {
	some principal in statement.principals
	principal.value == "*"
	principal.type in {"*", "AWS"}
}

# Allow with NotPrincipal means everybody else.
public(statement) if {
	statement.effect == "Allow"
	everyone(statement)
}

public(statement) if {
	statement.effect == "Allow"
	count(statement.notPrincipals) > 0
}

public(statement) if {
	statement.effect == "Allow"
	some principal in statement.principals
	principal.type in {"AWS", "Federated"}
	wildcard(principal.value)
}

# An identity provider vouches for everybody who has an account with it.
public(statement) if {
	statement.effect == "Allow"
	some principal in statement.principals
	principal.type == "Federated"
	not federated_named(statement)
}

services(statement) := {principal.value | some principal in statement.principals; principal.type == "Service"}

# Values of one condition; the operator as IAM writes it, the key in lower case.
condition_values(statement, operator, key) := [value |
	some condition in statement.conditions
	condition.operator == operator
	condition.key == key
	some value in condition.values
]

has_condition(statement, operator, key, value) if value in condition_values(statement, operator, key)

# The statement's only condition is this one. In a Deny every further condition would let more through.
only_condition(statement, operators, key) := condition.values if {
	count(statement.conditions) == 1
	condition := statement.conditions[0]
	condition.key == key
	operators[condition.operator]
}

# A Deny for all principals without exception, that speaks of every action given.
denies_everyone(statement, action) if {
	statement.effect == "Deny"
	not statement.partial
	count(statement.notPrincipals) == 0
	everyone(statement)
	covers_action(statement, action)
}

denies_plain_http(statement, action) if {
	values := only_condition(statement, {"Bool", "BoolIfExists"}, "aws:securetransport")
	[lower(value) | some value in values] == ["false"]
	denies_everyone(statement, action)
}

denies_old_tls(statement, action, minimum) if {
	values := only_condition(statement, {"NumericLessThan", "NumericLessThanIfExists"}, "s3:tlsversion")
	some value in values
	to_number(value) >= minimum
	denies_everyone(statement, action)
}

# Keys that say on whose behalf, or who, a caller is.
caller_keys := {
	"aws:sourceaccount",
	"aws:sourcearn",
	"aws:sourceorgid",
	"aws:sourceowner",
	"aws:principalaccount",
	"aws:principalarn",
	"aws:principalorgid",
	"kms:calleraccount",
}

source_keys := {"aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "aws:sourceowner"}

# Some condition names callers exactly. IfExists and ForAllValues hold where the key is absent, so they restrict nothing.
restricted_by(statement, keys) if {
	some condition in statement.conditions
	keys[condition.key]
	exact_operators[condition.operator]
	count(condition.values) > 0
	every value in condition.values {
		constant(value)
	}
}

restricted_by(statement, keys) if {
	some condition in statement.conditions
	keys[condition.key]
	pattern_operators[condition.operator]
	count(condition.values) > 0
	every value in condition.values {
		constant(value)
		pinned(value, condition.operator)
	}
}

exact_operators := {"StringEquals", "StringEqualsIgnoreCase"}

pattern_operators := {"StringLike", "ArnEquals", "ArnLike"}

# No IAM policy variable: `${aws:PrincipalAccount}` is whatever the caller is. A reference to a resource or data source of
# the configuration, `${aws_kms_key.x.arn}`, is one value by the time AWS reads it.
constant(value) if not contains(value, "${")

constant(value) if {
	parts := split(value, "${")
	every part in array.slice(parts, 1, count(parts)) {
		_refers(part)
	}
}

_refers(part) if startswith(part, "aws_")

_refers(part) if startswith(part, "data.")

pinned(value, _) if not wildcard(value)

# A wildcard behind a literal account stays inside that account. In a plain text one before it may reach past the colons.
pinned(value, operator) if {
	segments := split(value, ":")
	segments[4] != ""
	every segment in _fixed_segments(segments, operator) {
		not wildcard(segment)
	}
}

_fixed_segments(segments, "StringLike") := array.slice(segments, 0, 5)

_fixed_segments(segments, operator) := [segments[4]] if operator != "StringLike"
