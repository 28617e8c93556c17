# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Each SFTP user sees one place of its own
# description: |-
#   The home is LOGICAL, so that a session cannot name what lies above it; its root is mapped to a prefix below a bucket,
#   and no place of one user lies within, or is, a place of another. A user name in the target counts as written by the
#   service. Users of an identity provider of one's own are in no plan.
# custom:
#   id: P11-10d-12
#   severity: high
#   clauses: ["11.10(d)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-003]
#   resources: [aws_transfer_user, aws_transfer_access]
#   attributes:
#     - {type: aws_transfer_user, path: user_name}
#     - {type: aws_transfer_user, path: home_directory}
#     - {type: aws_transfer_user, path: home_directory_type}
#     - {type: aws_transfer_user, path: home_directory_mappings.entry}
#     - {type: aws_transfer_user, path: home_directory_mappings.target}
#     - {type: aws_transfer_access, path: home_directory}
#     - {type: aws_transfer_access, path: home_directory_type}
#     - {type: aws_transfer_access, path: home_directory_mappings.entry}
#     - {type: aws_transfer_access, path: home_directory_mappings.target}
#   environments: [production, qualification, development]
#   failure_msg: The SFTP user can see more than a place of its own.
#   fix: Set home_directory_type to LOGICAL and map "/" to /bucket/prefix, one prefix for each user.
#   verified_by: [OQ-sftp-ls-outside]
package part11.p11_10d_12

import data.lib.answer
import data.lib.attribute
import data.lib.scope
import data.lib.transfer

answers contains answer.exact(user, "home_directory_type", reading, "LOGICAL") if {
	some user in _users
	reading := attribute.read(input.resources[user], ["home_directory_type"])
}

answers contains _rooted(user) if {
	some user in _users
	transfer.logical(user)
}

answers contains _alone(user) if some user in _users

not_applicable := scope.reason(rego.metadata.chain(), "SFTP user") if count(_users) == 0

_users := transfer.users if {
	scope.applies(rego.metadata.chain())
} else := []

_rooted(user) := answer.passed(user, "home_directory_mappings.entry", "/", "/") if {
	some home in transfer.homes(user)
	attribute.is_value(home.entry, "/")
} else := answer.unknown(user, "home_directory_mappings.entry", "/", "known after apply") if {
	_undecided(user, "entry")
} else := answer.failed(user, "home_directory_mappings.entry", "/", "not mapped")

_alone(user) := answer.failed(user, _target, _expected, "not set") if {
	count(_places(user)) == 0
	not _undecided(user, "target")
} else := answer.failed(user, _target, _expected, $"the whole bucket {concat(", ", sort(whole))}") if {
	whole := {place | some place in _places(user); count(split(place, "/")) < 3}
	count(whole) > 0
} else := answer.failed(user, _target, _expected, concat(", ", sort(shared))) if {
	shared := {_shared[place] | some place in _places(user)}
	count(shared) > 0
} else := answer.unknown(user, _target, _expected, "known after apply") if {
	count(_hidden) > 0
} else := answer.passed(user, _target, _expected, concat(", ", sort(_places(user))))

_places(user) := {home.target.value | some home in transfer.homes(user)}

# Place -> text about its users, where there are several: those whose it is, and those with a place within it or around it.
_shared[place] := $"{place} of {answer.few(users)}" if {
	some place, owners in _owners
	users := (owners | object.get(_dwellers, place, set())) | {owner |
		some outer in _around(place)
		some owner in object.get(_owners, outer, set())
	}
	count(users) > 1
}

_owners[place] contains user if {
	some user in _users
	some place in _places(user)
}

# Place -> users with a place within it.
_dwellers[outer] contains user if {
	some place, owners in _owners
	some outer in _around(place)
	some user in owners
}

# "b/x/y/" lies within "b/x/" and "b/", and within itself.
_around(place) := {outer |
	names := split(place, "/")
	some n, _ in names
	n > 0
	outer := concat("", [concat("/", array.slice(names, 0, n)), "/"])
}

# Users one of whose places is not known: it may lie anywhere.
_hidden contains user if {
	some user in _users
	_undecided(user, "target")
}

_undecided(user, part) if {
	some home in transfer.homes(user)
	home[part].status == "unknown"
}

_undecided(user, _) if attribute.blocks_unknown(input.resources[user], ["home_directory_mappings"])

_target := "home_directory_mappings.target"

_expected := "a prefix that no other user has a part of"
