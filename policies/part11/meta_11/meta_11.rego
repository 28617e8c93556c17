# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: No resource type gets past the controls
# description: |-
#   What the controls forbid can also be done by resources that they do not read: a stack of another tool, a grant on a
#   key, an access point. Those types fail with severity high, whatever the severity of this control. Of a type that is
#   neither read by a control nor listed as harmless nothing is known: it is named, once, as unknown of severity low, which
#   fails no gate. The lists stand in data.json, each entry with what it does.
# custom:
#   id: META-11
#   severity: low
#   clauses: ["11.10(a)"]
#   annex11: ["4.5"]
#   alcoa: [complete]
#   requirements: [URS-032]
#   resources: []
#   attributes: []
#   environments: [production, qualification, development]
#   failure_msg: "{actual}: not among the {expected}."
#   fix: Use the resource types that the controls read, or have this one approved as a waiver.
#   verified_by: ["none: the plan itself is judged, every run"]
package part11.meta_11

import data.lib.answer
import data.lib.resource

answers contains answer.with_severity(answer.failed(address, "type", _expected, effect), "high") if {
	some type, effect in _effects
	some address in resource.existing(type)
}

answers contains answer.unknown("plan", "type", _expected, $"{type} ({count(input.byType[type])}) is read by no control") if {
	some type in _unread
}

answers contains answer.passed("plan", "type", _expected, $"{count(input.byType)} types") if {
	count(_unread) == 0
	count([type | some type, _ in _effects; count(resource.existing(type)) > 0]) == 0
}

# Type -> what it does, of those types of the plan that do what controls forbid.
_effects[type] := data.part11_data.bypassing_types[type] if some type, _ in input.byType

# Cloud Control resources, whatever they are, name the API instead of the provider.
_effects[type] := "any AWS resource through Cloud Control" if {
	some type, _ in input.byType
	startswith(type, "awscc_")
}

_unread := {type |
	some type, _ in input.byType
	not _assessed[type]
	not data.part11_data.harmless_types[type]
	not _effects[type]
}

_assessed := {type | some type in data.part11_data.assessed_types}

_expected := "types that controls read or that change nothing they protect"
