# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: ECS images are pinned by digest
# description: |-
#   Every container of every task definition, sidecars included, names its image by @sha256 digest: the image that runs is
#   the image that was validated. Where a reference makes the definitions unknown, the text of the synth is read; what
#   stands around the references must still end in the digest.
# custom:
#   id: P11-10a-01
#   severity: critical
#   clauses: ["11.10(a)"]
#   annex11: ["4.5"]
#   alcoa: [consistent, original]
#   requirements: [URS-026, URS-028]
#   resources: [aws_ecs_task_definition]
#   attributes:
#     - {type: aws_ecs_task_definition, path: container_definitions}
#   environments: [production, qualification, development]
#   failure_msg: "A container may run another image than the one that was validated: {actual}."
#   fix: "Name every image as repository@sha256:digest in container_definitions."
#   verified_by: ["none: planned only where the settings of large files name an image; no step on the embedded AWS runs a task"]
package part11.p11_10a_01

import data.lib.image
import data.lib.scope
import data.lib.text

answers contains _judged(address, text.document(input.resources[address], "container_definitions")) if {
	some address in _definitions
}

not_applicable := scope.reason(rego.metadata.chain(), "ECS task definition") if count(_definitions) == 0

_definitions := scope.existing(rego.metadata.chain(), "aws_ecs_task_definition")

_judged(address, document) := object.union(_answer(address), image.verdict(_images(document.value))) if {
	is_array(document.value)
} else := object.union(_answer(address), {"status": "unknown", "actual": "no list of containers"}) if {
	document.status == "known"
} else := object.union(_answer(address), {"status": "fail", "actual": document.actual}) if {
	document.status == "not_set"
} else := object.union(_answer(address), {"status": "unknown", "actual": document.actual})

# A container without an image is a container whose image is not known.
_images(containers) := [name |
	some container in containers
	some name in _images_of(container)
]

_images_of(container) := names if {
	names := [name | some key, name in container; image.named(key)]
	count(names) > 0
} else := [null]

_answer(address) := {"address": address, "attribute": "container_definitions", "expected": image.expected}
