# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The trail outlives the records it speaks of
# description: |-
#   Each trail delivers to an audit bucket that is no record bucket, whose lock lasts at least as long as the
#   longest lock on records, and under a key that encrypts no record: whoever may read records needs no right on the
#   trail, and the other way round.
# custom:
#   id: P11-10e-06
#   severity: critical
#   clauses: ["11.10(e)"]
#   annex11: ["9", "17"]
#   alcoa: [enduring, available, original]
#   requirements: [URS-015]
#   resources:
#     - aws_s3_bucket
#     - aws_cloudtrail
#     - aws_s3_bucket_object_lock_configuration
#     - aws_s3_bucket_server_side_encryption_configuration
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_cloudtrail, path: s3_bucket_name}
#     - {type: aws_cloudtrail, path: kms_key_id}
#     - {type: aws_s3_bucket_object_lock_configuration, path: bucket}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.days}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.years}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: bucket}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: rule.apply_server_side_encryption_by_default.kms_master_key_id}
#   environments: [production, qualification, development]
#   failure_msg: The trail is not kept apart from the records and at least as long as they are.
#   fix: Deliver to a bucket of role audit, with its own key and a lock that is at least as long as the longest record lock.
#   waivable: false
#   verified_by: [IQ]
package part11.p11_10e_06

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.key
import data.lib.trail

answers contains answer.failed("plan", "s3_bucket_name", "a bucket of role audit", "no aws_cloudtrail in the plan") if {
	count(trail.existing) == 0
}

answers contains _placed(address) if some address in trail.existing

answers contains _kept(subject, reading) if {
	some address in trail.existing
	some destination in trail.destinations[address]
	some subject, reading in bucket.lock_readings(destination)
}

answers contains _keyed(address) if some address in trail.existing

_placed(address) := answer.unknown(address, "s3_bucket_name", "a bucket of role audit", "not in the plan") if {
	count(trail.destinations[address]) == 0
} else := answer.failed(address, "s3_bucket_name", "a bucket of role audit", concat(", ", sort(others))) if {
	others := {bucket.roles[destination] | some destination in trail.destinations[address]} - {"audit"}
	count(others) > 0
} else := answer.passed(address, "s3_bucket_name", "a bucket of role audit", "audit")

_kept(subject, reading) := answer.unknown(subject, _period, "the longest record lock", "a record lock is known after apply") if {
	"unknown" in {lock.status | some lock in _record_locks}
} else := answer.at_least(subject, _period, reading, _longest, "days")

_record_locks := [reading |
	some address in _records
	some reading in bucket.lock_readings(address)
]

_longest := max({reading.value | some reading in _record_locks; reading.status == "known"} | {1})

_records := bucket.of_roles({"record", "inbox"})

_keyed(address) := answer.failed(address, "kms_key_id", _apart, "not set") if {
	attribute.read(input.resources[address], ["kms_key_id"]).status == "not_set"
} else := answer.unknown(address, "kms_key_id", _apart, "not known") if {
	count(_keys(address)) == 0
} else := answer.failed(address, "kms_key_id", _apart, concat(", ", sort(shared))) if {
	shared := _keys(address) & _record_keys
	count(shared) > 0
} else := answer.passed(address, "kms_key_id", _apart, concat(", ", sort(_keys(address))))

_keys(address) := key.identities(input.resources[address], ["kms_key_id"])

_record_keys := {one | some address in _records; some one in key.of_bucket(address)}

_apart := "a key that encrypts no record"

_period := "rule.default_retention"
