# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Images of batch jobs are pinned by digest
# description: |-
#   Every job definition names its images by @sha256 digest, in whichever form it gives them: container_properties,
#   node_properties and ecs_properties as JSON (every key named image in them counts, however deep), pods of EKS as
#   blocks. A definition that names no image is none that was validated.
# custom:
#   id: P11-10a-02
#   severity: critical
#   clauses: ["11.10(a)"]
#   annex11: ["4.5"]
#   alcoa: [consistent, original]
#   requirements: [URS-026, URS-028]
#   resources: [aws_batch_job_definition]
#   attributes:
#     - {type: aws_batch_job_definition, path: container_properties}
#     - {type: aws_batch_job_definition, path: node_properties}
#     - {type: aws_batch_job_definition, path: ecs_properties}
#     - {type: aws_batch_job_definition, path: eks_properties.pod_properties.containers.image}
#     - {type: aws_batch_job_definition, path: eks_properties.pod_properties.init_containers.image}
#   environments: [production, qualification, development]
#   failure_msg: "A job may run another image than the one that was validated: {actual}."
#   fix: "Name every image as repository@sha256:digest in the job definition."
#   verified_by: ["none: no module brings a job definition yet; the pipeline will"]
package part11.p11_10a_02

import data.lib.answer
import data.lib.attribute
import data.lib.image
import data.lib.scope
import data.lib.text

answers contains _in_text(address, name, document) if {
	some address in _definitions
	some name in _texts
	document := text.document(input.resources[address], name)
	document.status != "not_set"
}

answers contains _in_pods(address, kind) if {
	some address in _definitions
	some kind in _kinds
	_has_pods(address, kind)
}

answers contains answer.failed(address, "container_properties", image.expected, "no image") if {
	some address in _definitions
	not _names_images(address)
}

not_applicable := scope.reason(rego.metadata.chain(), "Batch job definition") if count(_definitions) == 0

_definitions := scope.existing(rego.metadata.chain(), "aws_batch_job_definition")

_in_text(address, name, document) := object.union(_answer(address, name), image.verdict(_images(document.value))) if {
	document.status == "known"
} else := object.union(_answer(address, name), {"status": "unknown", "actual": document.actual})

_images(document) := [value |
	walk(document, [path, value])
	image.named(path[count(path) - 1])
]

_in_pods(address, kind) := object.union(_answer(address, _dotted(kind)), {"status": "unknown", "actual": "known after apply"}) if {
	attribute.blocks_unknown(input.resources[address], _pods(kind))
} else := object.union(_answer(address, _dotted(kind)), image.verdict(_pod_images(input.resources[address], kind)))

# An image that is not known stands as null.
_pod_images(definition, kind) := [_pod_image(definition, i, kind, j) |
	some i in attribute.blocks(definition, ["eks_properties", 0, "pod_properties"])
	some j in attribute.blocks(definition, ["eks_properties", 0, "pod_properties", i, kind])
]

_pod_image(definition, i, kind, j) := reading.value if {
	reading := attribute.read(definition, ["eks_properties", 0, "pod_properties", i, kind, j, "image"])
	reading.status == "known"
} else := null

_has_pods(address, kind) if {
	count(_pod_images(input.resources[address], kind)) > 0
} else if {
	attribute.blocks_unknown(input.resources[address], _pods(kind))
}

_names_images(address) if {
	some name in _texts
	attribute.read(input.resources[address], [name]).status != "not_set"
} else if {
	some kind in _kinds
	_has_pods(address, kind)
}

_texts := ["container_properties", "ecs_properties", "node_properties"]

_kinds := ["containers", "init_containers"]

_pods(kind) := ["eks_properties", 0, "pod_properties", 0, kind]

_dotted(kind) := $"eks_properties.pod_properties.{kind}.image"

_answer(address, name) := {"address": address, "attribute": name, "expected": image.expected}
