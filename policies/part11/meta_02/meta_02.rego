# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: An unknown value on a critical control is a finding
# description: |-
#   A value that is only known after the apply cannot be accepted for a critical control: what was not seen was not
#   judged. Each unknown answer of a critical control fails here, where --fail-on cannot lower it.
# custom:
#   id: META-02
#   severity: critical
#   clauses: ["11.10(a)"]
#   annex11: ["4.7"]
#   alcoa: [accurate, complete]
#   requirements: [URS-032]
#   resources: []
#   attributes: []
#   environments: [production, qualification, development]
#   failure_msg: "A critical control cannot be judged: {expected} needs a value that is {actual}."
#   fix: Build names and ARNs from literals so that the plan holds the value, give the gate the synthesized stack (--synth), or bring what the control looks for into the plan.
#   waivable: false
#   verified_by: ["none: the plan itself is judged, every run"]
package part11.meta_02

import data.lib.answer

# Over {package name: {"answers": …}} of the other controls.
answers_about(controls) := failures if {
	failures := _failures(controls)
	count(failures) > 0
} else := {answer.passed("plan", "unknown", "no unknown answer of a critical control", "none")} if {
	count(data.part11_data.critical_controls) > 0
}

_failures(controls) := {answer.failed(given.address, given.attribute, expected, given.actual) |
	some name in data.part11_data.critical_controls
	some given in controls[name].answers
	given.status == "unknown"
	expected := $"{_id(name)}: {given.expected}"
}

# p11_10c_02 -> P11-10c-02, as everybody else names it.
_id(name) := concat("-", array.concat([upper(parts[0])], array.slice(parts, 1, count(parts)))) if parts := split(name, "_")
