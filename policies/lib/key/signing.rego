# SPDX-License-Identifier: Apache-2.0

package lib.key

import data.lib.attribute
import data.lib.resource
import data.lib.statement
import data.lib.tag

# Keys that sign: one that a statement lets sign by name of the action, one made for signing or for what is not known yet,
# one with the tag Part11Role = sign.
signing := _asked_to_sign | {address |
	some address in resource.existing("aws_kms_key")
	_signs(input.resources[address])
}

# Copies of a signing key in other regions sign alike and have policies of their own.
signing_copies := {address |
	some address in resource.existing("aws_kms_replica_key")
	of := input.resources[address]
	some primary in (resource.referred(of, "primary_key_arn") | resource.possibly_referred(of, "primary_key_arn"))
	signing[primary]
}

# Those of some keys that a statement of an identity policy surely holds for; one that is partial may hold for more.
touched(said, keys) := keys if {
	_broad(said)
} else := {key |
	some named in said.refs
	some key in _behind_alias(named)
	keys[key]
}

_signs(key) if {
	attribute.read(key, ["key_usage"]).value == "SIGN_VERIFY"
} else if {
	attribute.read(key, ["key_usage"]).status == "unknown"
} else if {
	tag.may_have_part11_role(key, "sign")
}

_asked_to_sign contains address if {
	some policy in statement.live_policies
	some index in policy.statements
	said := input.statements[index]
	said.effect == "Allow"
	"kms:sign" in said.actions
	some address in _meant(policy, said)
	input.resources[address].type == "aws_kms_key"
}

_meant(policy, _) := policy.subjects if policy.use == "resource"

_meant(policy, said) := said.refs if {
	policy.use == "identity"
	count(said.notResources) == 0
}

_broad(said) if {
	count(said.notResources) > 0
} else if {
	some pattern in said.resources
	_any_key(pattern)
}

_any_key(pattern) if {
	statement.wildcard(pattern)
	segments := split(pattern, ":")
	_of_kms(segments)
}

_of_kms(segments) if {
	count(segments) < 3
} else if {
	segments[2] == "kms"
} else if {
	statement.wildcard(segments[2])
}
