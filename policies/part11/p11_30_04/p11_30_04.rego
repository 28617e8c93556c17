# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Records and audit trail have different keys
# description: |-
#   The key of an audit bucket, or of its replica, encrypts no record and no replica of one: the right to read
#   records never carries the right to read the trail, and losing one key does not lose both. In the same way the key of a
#   bucket with the tag Blinding "unblinded" encrypts nothing of the others that keep records.
# custom:
#   id: P11-30-04
#   severity: high
#   clauses: ["11.30", "11.10(g)"]
#   annex11: ["12"]
#   alcoa: [original, available]
#   requirements: [URS-011, URS-015]
#   resources:
#     - aws_s3_bucket
#     - aws_s3_bucket_server_side_encryption_configuration
#     - aws_s3_bucket_replication_configuration
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: bucket}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: rule.apply_server_side_encryption_by_default.kms_master_key_id}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.filter}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.prefix}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#   environments: [production, qualification, development]
#   bucket_roles: [audit]
#   failure_msg: A key encrypts both records and the audit trail, or blinded and unblinded data.
#   fix: Give the audit bucket, buckets of unblinded data and their replicas keys of their own.
#   verified_by: [IQ, OQ-replica-arrives]
package part11.p11_30_04

import data.lib.answer
import data.lib.blinding
import data.lib.bucket
import data.lib.key
import data.lib.replication
import data.lib.scope

answers contains _judged(address, _record_keys, "a key that encrypts no record") if some address in _audit

answers contains _judged(address, keys, "a key that encrypts unblinded data alone") if {
	scope.applies(rego.metadata.chain())
	some address in blinding.unblinded
	keys := {one | some one in key.of_bucket(address); count(_of_others[one] - {address}) > 0}
}

not_applicable := scope.reason(rego.metadata.chain(), "audit bucket beside records, or bucket of unblinded data,") if count(answers) == 0

# Nothing to keep apart where the plan holds only one of the two.
_audit := _with_replicas(scope.buckets(rego.metadata.chain())) if {
	count(_records) > 0
} else := set()

_records := bucket.of_roles({"record", "inbox"})

_with_replicas(addresses) := addresses | {copy |
	some address in addresses
	some rule in replication.rules(address)
	some copy in replication.destinations(rule)
}

_record_keys := {one |
	some address in _with_replicas(_records)
	some one in key.of_bucket(address)
}

# Key -> buckets of data that are not unblinded for sure.
_of_others[one] contains address if {
	some address in blinding.blinded
	some one in key.of_bucket(address)
}

_judged(address, foreign, expected) := answer.failed(address, _attribute, expected, "not set") if {
	every _, reading in bucket.readings(address, _encryption, _key) {
		reading.status == "not_set"
	}
} else := answer.unknown(address, _attribute, expected, "not known") if {
	count(key.of_bucket(address)) == 0
} else := answer.failed(address, _attribute, expected, concat(", ", sort(shared))) if {
	shared := key.of_bucket(address) & foreign
	count(shared) > 0
} else := answer.passed(address, _attribute, expected, concat(", ", sort(key.of_bucket(address))))

_encryption := "aws_s3_bucket_server_side_encryption_configuration"

_key := ["rule", 0, "apply_server_side_encryption_by_default", 0, "kms_master_key_id"]

_attribute := "rule.apply_server_side_encryption_by_default.kms_master_key_id"
