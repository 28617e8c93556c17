# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Resources of a plan and what they refer to
# description: |-
#   Only what exists after the apply counts: an object that is deleted or forgotten, or a deposed one, satisfies nothing.
package lib.resource

# Addresses of a managed type that exist after the apply, sorted.
existing(type) := object.get(_existing, type, [])

# Found once: wasm computes a function anew at each call.
_existing[type] := addresses if {
	some type, all in input.byType
	addresses := [address | some address in all; exists(input.resources[address])]
}

exists(resource) if {
	resource.mode == "managed"
	resource.deposed == null
	not taken_away(resource)
}

# An old block of a bucket that the facts show as the split resource it stands for: what Terraform does with it, it does
# with the bucket.
inline(address) if regex.match(`\(inline [a-z_]+\)$`, address)

# Addresses that an attribute surely refers to.
referred(resource, name) := {reference.address |
	some reference in object.get(resource.refs, name, [])
	not reference.ambiguous
}

# Addresses that an attribute may refer to: plan JSON dropped the instance key, so any of them could be meant.
possibly_referred(resource, name) := {reference.address |
	some reference in object.get(resource.refs, name, [])
	reference.ambiguous
}

# Deleted or forgotten, and not created again.
taken_away(resource) if {
	_takes_away[resource.actions[0]]
	every action in resource.actions {
		_takes_away[action]
	}
}

_takes_away := {"delete", "forget"}
