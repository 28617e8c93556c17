# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The verdict names exactly what it judged
# description: |-
#   A verdict counts as evidence only when the plan, the lock file and the policies are bound to it by SHA-256 and the
#   tools by version: then anybody can tell what was judged, and by what. A synthesized stack that is given is bound too; a
#   plan of plain Terraform has none.
# custom:
#   id: META-08
#   severity: high
#   clauses: ["11.10(a)", "11.10(k)"]
#   annex11: ["4.4", "10"]
#   alcoa: [attributable, consistent]
#   requirements: [URS-033, URS-035]
#   resources: []
#   attributes: []
#   environments: [production, qualification, development]
#   failure_msg: "The verdict cannot be bound to what it judged: {attribute} is {actual}."
#   fix: "Give the gate the lock file (--lock) beside the plan."
#   verified_by:
#     - "none: the digests stand in the decision itself, and apply refuses another plan file"
package part11.meta_08

import data.lib.answer

answers contains answer.unknown("plan", $"digests.{name}", "SHA-256, 64 hex digits", "not given") if {
	some name in _bound
	object.get(input.meta.digests, name, null) == null
}

answers contains answer.of("plan", $"digests.{name}", reading, digests, "SHA-256, 64 hex digits") if {
	some name in _bound
	object.get(input.meta.digests, name, null) != null
	reading := _reading(input.meta.digests[name])
	digests := {1 | regex.match(`^[0-9a-f]{64}$`, reading.value)}
}

answers contains answer.of("plan", $"tools.{name}", reading, versions, "a version") if {
	some name in ["terraform", "opa", "part11"]
	reading := _reading(object.get(input.meta.tools, name, null))
	versions := {1 | regex.match(`^[0-9]+\.[0-9]+\.[0-9]+`, reading.value)}
}

# A plan of plain Terraform has no synth; of one that is given the digest stands in the decisions.
_bound := ["plan", "lock", "policy"]

_reading(null) := {"status": "unknown"}

_reading(value) := {"status": "known", "value": value} if value != null
