# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Keys rotate and name their administrators
# description: |-
#   Symmetric keys rotate; asymmetric keys cannot. Each key has a policy of its own that names its administrators:
#   without one KMS falls back to a policy that hands the key to whoever IAM lets in. The account root's statement
#   is accepted only beside explicit administrators, and nobody is meant by "*".
# custom:
#   id: P11-30-03
#   severity: high
#   clauses: ["11.30"]
#   annex11: ["7.1"]
#   alcoa: [original, enduring]
#   requirements: [URS-011]
#   resources: [aws_kms_key, aws_kms_key_policy, aws_kms_replica_key]
#   attributes:
#     - {type: aws_kms_key, path: enable_key_rotation}
#     - {type: aws_kms_key, path: customer_master_key_spec}
#     - {type: aws_kms_key, path: key_usage}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_kms_key_policy, path: key_id}
#     - {type: aws_kms_key_policy, path: policy}
#     - {type: aws_kms_replica_key, path: policy}
#   environments: [production, qualification, development]
#   failure_msg: The key does not rotate or its policy names no administrator.
#   fix: Set enable_key_rotation to true and a policy that names the administrators.
#   verified_by: [IQ]
package part11.p11_30_03

import data.lib.answer
import data.lib.attribute
import data.lib.scope
import data.lib.statement

answers contains answer.exact(address, "enable_key_rotation", attribute.read(input.resources[address], ["enable_key_rotation"]), true) if {
	some address in _keys
	not _asymmetric(input.resources[address])
}

answers contains _governed(address) if some address in array.concat(_keys, _replicas)

not_applicable := scope.reason(rego.metadata.chain(), "KMS key") if count(_keys) + count(_replicas) == 0

_keys := scope.existing(rego.metadata.chain(), "aws_kms_key")

# A replica rotates with its primary.
_replicas := scope.existing(rego.metadata.chain(), "aws_kms_replica_key")

_asymmetric(key) if {
	spec := attribute.read(key, ["customer_master_key_spec"])
	spec.status == "known"
	spec.value != "SYMMETRIC_DEFAULT"
}

_asymmetric(key) if {
	usage := attribute.read(key, ["key_usage"])
	usage.status == "known"
	usage.value != "ENCRYPT_DECRYPT"
}

_governed(address) := answer.failed(address, "policy", _expected, "everybody allowed") if {
	some allow in statement.on(address)
	statement.public(allow)
	not statement.restricted_by(allow, statement.caller_keys)
} else := answer.unknown(address, "policy", _expected, "policy not known in full") if {
	statement.uncertain_on(address, "resource")
} else := answer.failed(address, "policy", _expected, "not set") if {
	count(_policies(address)) == 0
} else := answer.failed(address, "policy", _expected, "no administrator but the account root") if {
	some policy in _policies(address)
	count(_administrators(policy)) == 0
} else := answer.passed(address, "policy", _expected, concat(", ", sort(union({_administrators(policy) | some policy in _policies(address)}))))

# Of several policies any may be the one that the key keeps.
_policies(address) := statement.policies_on(address, "resource")

_administrators(policy) := {principal.value |
	some index in policy.statements
	allow := input.statements[index]
	allow.effect == "Allow"
	statement.matches_action(allow, "kms:putkeypolicy")
	some principal in allow.principals
	principal.type == "AWS"
	not _root(principal.value)
}

_root(value) if endswith(value, ":root")

_root(value) if regex.match(`^([0-9]{12}|\*)$`, value)

_expected := "a policy that names administrators"
