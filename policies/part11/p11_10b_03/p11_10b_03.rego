# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Audit queries cannot be bent
# description: |-
#   A workgroup enforces its own settings over the client's and encrypts results with a KMS key, so that two people
#   who run the saved query get the same answer, in a place that is protected.
# custom:
#   id: P11-10b-03
#   severity: low
#   clauses: ["11.10(b)"]
#   annex11: ["8.1"]
#   alcoa: [consistent, legible]
#   requirements: [URS-018]
#   resources: [aws_athena_workgroup]
#   attributes:
#     - {type: aws_athena_workgroup, path: configuration.enforce_workgroup_configuration}
#     - {type: aws_athena_workgroup, path: configuration.result_configuration.encryption_configuration.encryption_option}
#     - {type: aws_athena_workgroup, path: configuration.result_configuration.encryption_configuration.kms_key_arn}
#     - {type: aws_kms_alias, path: target_key_id}
#     - {type: aws_kms_external_key, path: enabled}
#     - {type: aws_kms_external_key, path: valid_to}
#     - {type: aws_kms_key, path: customer_master_key_spec}
#     - {type: aws_kms_key, path: is_enabled}
#     - {type: aws_kms_key, path: key_usage}
#     - {type: aws_kms_replica_key, path: enabled}
#   environments: [production, qualification, development]
#   failure_msg: Clients of the workgroup may change how queries run or where results go.
#   fix: Set enforce_workgroup_configuration to true and encryption_option SSE_KMS with a kms_key_arn.
#   verified_by: [IQ]
package part11.p11_10b_03

import data.lib.answer
import data.lib.attribute
import data.lib.key
import data.lib.scope

answers contains answer.exact(address, "configuration.enforce_workgroup_configuration", _enforced(address), true) if {
	some address in _workgroups
}

answers contains answer.one_of(address, attribute.dotted(path), attribute.read(input.resources[address], path), ["SSE_KMS", "CSE_KMS"]) if {
	some address in _workgroups
	path := array.concat(_encryption, ["encryption_option"])
}

answers contains {"address": address, "attribute": attribute.dotted(path), "status": own.status, "expected": "a customer managed key", "actual": own.actual} if {
	some address in _workgroups
	path := array.concat(_encryption, ["kms_key_arn"])
	own := key.own(input.resources[address], path)
}

not_applicable := scope.reason(rego.metadata.chain(), "Athena workgroup") if count(_workgroups) == 0

_workgroups := scope.existing(rego.metadata.chain(), "aws_athena_workgroup")

_enforced(address) := attribute.read(input.resources[address], ["configuration", 0, "enforce_workgroup_configuration"])

_encryption := ["configuration", 0, "result_configuration", 0, "encryption_configuration", 0]
