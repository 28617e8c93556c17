# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: What every control says of a plan
# description: |-
#   Collects the answers of every package under data.part11. META-02 speaks of the answers of the others, so it is a
#   function of them: as a rule over data.part11 it would refer to itself.
package part11_main

import data.part11.meta_02

# METADATA
# entrypoint: true
decide := {
	"controls": object.union(_controls, {"meta_02": {
		"answers": meta_02.answers_about(_controls),
		"not_applicable": null,
	}}),
	"evaluated": _evaluated,
}

# By reference, not by iterating over the packages: that would also evaluate tests where they are loaded.
_controls[name] := {"answers": answers, "not_applicable": object.get(_not_applicable, name, null)} if {
	some name
	answers := data.part11[name].answers
}

_not_applicable[name] := data.part11[name].not_applicable

# An address listed by type and missing from the resources would be judged by nobody; it is left out, and the host notices.
_evaluated := [address |
	some addresses in input.byType
	some address in addresses
	input.resources[address]
]
