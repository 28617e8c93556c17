# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The trail is encrypted with its own key
# description: |-
#   The trail's files are encrypted with a customer managed key, whose policy says who may read the trail and whose
#   use is itself recorded.
# custom:
#   id: P11-10e-05
#   severity: high
#   clauses: ["11.10(e)", "11.30"]
#   annex11: ["12"]
#   alcoa: [original]
#   requirements: [URS-011, URS-016]
#   resources: [aws_cloudtrail]
#   attributes:
#     - {type: aws_cloudtrail, path: kms_key_id}
#     - {type: aws_kms_alias, path: target_key_id}
#     - {type: aws_kms_external_key, path: enabled}
#     - {type: aws_kms_external_key, path: valid_to}
#     - {type: aws_kms_key, path: customer_master_key_spec}
#     - {type: aws_kms_key, path: is_enabled}
#     - {type: aws_kms_key, path: key_usage}
#     - {type: aws_kms_replica_key, path: enabled}
#   environments: [production, qualification, development]
#   failure_msg: The trail is not encrypted with a customer managed key.
#   fix: Set kms_key_id to the ARN of an aws_kms_key.
#   verified_by: [IQ]
package part11.p11_10e_05

import data.lib.answer
import data.lib.key
import data.lib.trail

answers contains {
	"address": address,
	"attribute": "kms_key_id",
	"status": own.status,
	"expected": _expected,
	"actual": own.actual,
} if {
	some address in trail.existing
	own := key.own(input.resources[address], ["kms_key_id"])
}

answers contains answer.failed("plan", "kms_key_id", _expected, "no aws_cloudtrail in the plan") if count(trail.existing) == 0

_expected := "a customer managed key"
