# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: What every control says of a plan
# description: |-
#   Collects the answers of the packages under data.part11. META-02 speaks of the answers of the others, so it is a
#   function of them: as a rule over data.part11 it would refer to itself.
package part11_main

import data.part11.meta_02

# METADATA
# title: All controls at once, with the facts as input
decide := {
	"controls": object.union(controls, {"meta_02": _meta_02(controls)}),
	"evaluated": _evaluated,
} if {
	names := {name | some name; data.part11[name].answers}
	controls := _controls(names)
}

# METADATA
# title: Some controls, with the facts as data
# description: |-
#   Wasm takes data in once and the input at every call, and gives memory back between calls only. So the facts are
#   data.facts, and the input names the controls of one part of the work.
# entrypoint: true
part := said if {
	names := {name | some name in input.controls}
	said := _said(names) with input as data.facts
}

# METADATA
# title: What META-02 says of the answers of all other controls
# entrypoint: true
of_answers := {"controls": {"meta_02": _meta_02(input.controls)}, "evaluated": []}

# METADATA
# title: The packages of all controls there are
# description: Without facts their answers cost nothing, and the host learns of a control that it does not know.
# entrypoint: true
packages := {name | some name; data.part11[name].answers} | {"meta_02"}

_said(names) := {"controls": _controls(names), "evaluated": _evaluated}

# By reference, not by iterating over the packages: that would also evaluate tests where they are loaded.
_controls(names) := {name: {"answers": answers, "not_applicable": object.get(reasons, name, null)} |
	some name in names
	answers := data.part11[name].answers
} if {
	reasons := {name: reason | some name in names; reason := data.part11[name].not_applicable}
}

_meta_02(controls) := {"answers": meta_02.answers_about(controls), "not_applicable": null}

# An address listed by type and missing from the resources would be judged by nobody; it is left out, and the host notices.
_evaluated := [address |
	some addresses in input.byType
	some address in addresses
	input.resources[address]
]
