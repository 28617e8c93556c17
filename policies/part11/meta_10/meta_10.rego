# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Nothing runs beside the plan
# description: |-
#   A provisioner runs a program with the rights of the deployment, and an external or http data source runs one, or asks
#   any server, while planning: neither shows in the plan what it does. An ephemeral resource may call a function, and an
#   action of Terraform 1.14 calls AWS beside the resources. Wherever they stand, in modules too.
# custom:
#   id: META-10
#   severity: critical
#   clauses: ["11.10(a)", "11.10(k)"]
#   annex11: ["4.2", "10"]
#   alcoa: [consistent, attributable]
#   requirements: [URS-032]
#   resources: []
#   attributes: []
#   environments: [production, qualification, development]
#   failure_msg: "{address} runs {actual}, which no plan shows."
#   fix: Remove it; run what must run as a step of its own, outside Terraform.
#   verified_by: ["none: the plan itself is judged, every run"]
package part11.meta_10

import data.lib.answer

answers contains answer.failed(program.address, program.kind, _expected, program.name) if some program in input.programs

answers contains answer.passed("plan", "provisioner", _expected, "none") if count(input.programs) == 0

_expected := "no program beside the plan"
