# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Keys of records cannot be quickly destroyed
# description: |-
#   A record whose key is gone is unreadable although it is still retained. A deletion waits 30 days, the key is kept by
#   KMS itself (whoever runs a custom key store can take it away at once) and enabled, and nobody but the deploy roles may schedule its deletion, disable it, delete its imported material, copy
#   it to another region or hand it on by a grant; the account root in a key policy only refers to the IAM policies.
# custom:
#   id: P11-10c-18
#   severity: high
#   clauses: ["11.10(c)"]
#   annex11: ["7.1"]
#   alcoa: [enduring, available]
#   requirements: [URS-011]
#   resources: [aws_kms_key, aws_iam_group_policy, aws_iam_policy, aws_iam_role_policy, aws_iam_user_policy]
#   attributes:
#     - {type: aws_kms_key, path: deletion_window_in_days}
#     - {type: aws_kms_key, path: is_enabled}
#     - {type: aws_kms_key, path: custom_key_store_id}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_kms_key_policy, path: policy}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_group_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_user_policy, path: policy}
#   environments: [production]
#   failure_msg: "A key could be destroyed or disabled: {attribute} of {address} is {actual}, {expected} is required."
#   fix: "Set deletion_window_in_days = 30 and is_enabled = true, leave custom_key_store_id out; take kms:ScheduleKeyDeletion, kms:DisableKey and the other actions named out of runtime policies."
#   verified_by: [IQ]
package part11.p11_10c_18

import data.lib.answer
import data.lib.attribute
import data.lib.grant
import data.lib.scope

answers contains answer.at_least(address, "deletion_window_in_days", _or_default(reading, 30), _window, "days") if {
	some address in _keys
	reading := attribute.read(input.resources[address], ["deletion_window_in_days"])
}

answers contains answer.exact(address, "is_enabled", _or_default(reading, true), true) if {
	some address in _keys
	reading := attribute.read(input.resources[address], ["is_enabled"])
}

answers contains _in_kms(address, attribute.read(input.resources[address], ["custom_key_store_id"])) if some address in _keys

answers contains grant.identity_answer(policy, _taking_over, "kms") if {
	count(_keys) > 0
	some policy in grant.identity_policies
}

answers contains grant.resource_answer(policy, _destroying, {"account root"}) if {
	count(_keys) > 0
	some policy in grant.resource_policies({"aws_kms_key", "aws_kms_key_policy"})
}

not_applicable := scope.reason(rego.metadata.chain(), "KMS key") if count(_keys) == 0

_keys := scope.existing(rego.metadata.chain(), "aws_kms_key")

# AWS waits 30 days and makes keys enabled where nothing is said (KMS API reference, ScheduleKeyDeletion and CreateKey).
_or_default(reading, value) := {"status": "known", "value": value} if {
	reading.status == "not_set"
} else := reading

_in_kms(address, reading) := answer.passed(address, "custom_key_store_id", "not set", "not set") if {
	reading.status == "not_set"
} else := answer.of(address, "custom_key_store_id", reading, set(), "not set")

_destroying := [
	"kms:creategrant",
	"kms:deleteimportedkeymaterial",
	"kms:disablekey",
	"kms:replicatekey",
	"kms:schedulekeydeletion",
]

# A key policy names the administrators who change it, so this is no finding there.
_taking_over := array.concat(_destroying, ["kms:putkeypolicy"])

_window := data.part11_data.thresholds.kms_deletion_window_days
