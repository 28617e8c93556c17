# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The account blocks public access
# description: |-
#   The account-wide public access block holds for buckets that no plan knows of. Where the plan does not manage it,
#   its state is not known here and has to be attested. A block of another account than the provider allows closes nothing
#   here.
# custom:
#   id: P11-10d-02
#   severity: high
#   clauses: ["11.10(d)"]
#   annex11: ["12.1"]
#   alcoa: [attributable, original]
#   requirements: [URS-009]
#   resources: [aws_s3_account_public_access_block]
#   attributes:
#     - {type: aws_s3_account_public_access_block, path: account_id}
#     - {type: aws_s3_account_public_access_block, path: block_public_acls}
#     - {type: aws_s3_account_public_access_block, path: block_public_policy}
#     - {type: aws_s3_account_public_access_block, path: ignore_public_acls}
#     - {type: aws_s3_account_public_access_block, path: restrict_public_buckets}
#   environments: [production, qualification, development]
#   failure_msg: The account does not surely block public access with all four flags.
#   fix: Manage aws_s3_account_public_access_block with all four flags true, in this stack or attested from another.
#   waivable: false
#   verified_by: [IQ]
package part11.p11_10d_02

import data.lib.answer
import data.lib.attribute
import data.lib.resource

answers contains answer.exact(address, flag, attribute.read(input.resources[address], [flag]), true) if {
	some address in _blocks
	some flag in _flags
}

answers contains answer.one_of(address, "account_id", reading, accounts) if {
	some address in _blocks
	reading := attribute.read(input.resources[address], ["account_id"])
	reading.status != "not_set"
	accounts := input.providers[input.resources[address].provider].allowedAccountIds
	count(accounts) > 0
}

answers contains answer.unknown("plan", flag, "true", "no aws_s3_account_public_access_block in the plan") if {
	count(_blocks) == 0
	some flag in _flags
}

_blocks := resource.existing("aws_s3_account_public_access_block")

_flags := ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"]
