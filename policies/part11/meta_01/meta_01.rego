# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Plan is complete and of a supported format
# description: |-
#   A plan that errored, was narrowed with -target or deferred part of its changes leaves resources out, so nothing
#   said of it holds for the system. An older or newer format may mean other things by the same words.
# custom:
#   id: META-01
#   severity: critical
#   clauses: ["11.10(a)"]
#   annex11: ["4.5"]
#   alcoa: [complete, accurate]
#   requirements: [URS-032]
#   resources: []
#   attributes: []
#   environments: [production, qualification, development]
#   failure_msg: "The plan cannot be relied on: {attribute} is {actual}, {expected} is required."
#   fix: "Run terraform plan again, whole and without -target, with a Terraform of plan format 1.x."
#   waivable: false
#   verified_by:
#     - "none: the plan itself is judged, every run"
package part11.meta_01

import data.lib.answer

# "1.x": consumers must refuse a major version that they do not know.
answers contains answer.of("plan", "format_version", reading, supported, "1.x") if {
	reading := _reading(input.meta.formatVersion)
	supported := {version | version := reading.value; startswith(version, "1.")}
}

answers contains answer.exact("plan", "complete", _reading(input.meta.complete), true)

answers contains answer.exact("plan", "errored", _reading(input.meta.errored), false)

_reading(null) := {"status": "unknown"}

_reading(value) := {"status": "known", "value": value} if value != null
