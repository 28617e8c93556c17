# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: What house rules say of a plan
# description: |-
#   `part11 policy build` compiles it with the packages under data.house of somebody else into a wasm of their own, which
#   the gate evaluates beside part11.wasm. The contract is that of part11_main; never compiled into part11.wasm.
package house_main

# METADATA
# title: Some controls, with the facts as data
# entrypoint: true
part := said if {
	names := {name | some name in input.controls}
	said := _said(names) with input as data.facts
}

# METADATA
# title: The packages of all controls there are
# entrypoint: true
packages := {name | some name; data.house[name].answers}

_said(names) := {"controls": _controls(names), "evaluated": _evaluated}

_controls(names) := {name: {"answers": answers, "not_applicable": object.get(reasons, name, null)} |
	some name in names
	answers := data.house[name].answers
} if {
	reasons := {name: reason | some name in names; reason := data.house[name].not_applicable}
}

_evaluated := [address |
	some addresses in input.byType
	some address in addresses
	input.resources[address]
]
