# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: ECR image tags are immutable
# description: |-
#   A tag that may be pushed again names another image tomorrow than the one that was validated. Every repository of the
#   plan refuses a second push of a tag; IMMUTABLE_WITH_EXCLUSION leaves some tags open and is no pass.
# custom:
#   id: P11-10a-05
#   severity: high
#   clauses: ["11.10(a)"]
#   annex11: ["10"]
#   alcoa: [consistent, original]
#   requirements: [URS-026, URS-028]
#   resources: [aws_ecr_repository]
#   attributes:
#     - {type: aws_ecr_repository, path: image_tag_mutability}
#   environments: [production, qualification, development]
#   failure_msg: "Tags of the repository may be pushed again: image_tag_mutability is {actual}."
#   fix: Set image_tag_mutability to IMMUTABLE.
#   verified_by: ["none: no module brings a repository yet; the pipeline will"]
package part11.p11_10a_05

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.exact(address, "image_tag_mutability", reading, "IMMUTABLE") if {
	some address in _repositories
	reading := attribute.read(input.resources[address], ["image_tag_mutability"])
}

not_applicable := scope.reason(rego.metadata.chain(), "ECR repository") if count(_repositories) == 0

_repositories := scope.existing(rego.metadata.chain(), "aws_ecr_repository")
