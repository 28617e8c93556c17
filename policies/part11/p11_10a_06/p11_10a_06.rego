# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: ECR images are scanned on push and encrypted with KMS
# description: |-
#   A container that processes records is checked for known vulnerabilities when it arrives, and its layers are encrypted
#   with a KMS key whose use is logged; AES256 is S3's own key. Which key it is, P11-30-06 asks elsewhere.
# custom:
#   id: P11-10a-06
#   severity: medium
#   clauses: ["11.10(a)", "11.30"]
#   annex11: ["12"]
#   alcoa: [accurate]
#   requirements: [URS-026, URS-011]
#   resources: [aws_ecr_repository]
#   attributes:
#     - {type: aws_ecr_repository, path: image_scanning_configuration.scan_on_push}
#     - {type: aws_ecr_repository, path: encryption_configuration.encryption_type}
#   environments: [production, qualification, development]
#   failure_msg: "{attribute} of the repository is {actual}, not {expected}."
#   fix: "Set image_scanning_configuration.scan_on_push to true and encryption_configuration.encryption_type to KMS."
#   verified_by: ["none: no module brings a repository yet; the pipeline will"]
package part11.p11_10a_06

import data.lib.answer
import data.lib.attribute
import data.lib.scope

answers contains answer.exact(address, "image_scanning_configuration.scan_on_push", reading, true) if {
	some address in _repositories
	reading := attribute.read(input.resources[address], ["image_scanning_configuration", 0, "scan_on_push"])
}

answers contains answer.one_of(address, "encryption_configuration.encryption_type", reading, ["KMS", "KMS_DSSE"]) if {
	some address in _repositories
	reading := attribute.read(input.resources[address], ["encryption_configuration", 0, "encryption_type"])
}

not_applicable := scope.reason(rego.metadata.chain(), "ECR repository") if count(_repositories) == 0

_repositories := scope.existing(rego.metadata.chain(), "aws_ecr_repository")
