# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Records and audit trail have different keys
# description: |-
#   The key of an audit bucket, or of its replica, encrypts no record and no replica of one: the right to read
#   records never carries the right to read the trail, and losing one key does not lose both.
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
#   failure_msg: A key encrypts both records and the audit trail.
#   fix: Give the audit bucket and its replica keys of their own.
#   verified_by: [IQ, OQ-replica-arrives]
package part11.p11_30_04

import data.lib.answer
import data.lib.bucket
import data.lib.key
import data.lib.replication
import data.lib.scope

answers contains _judged(address) if some address in _audit

not_applicable := scope.reason(rego.metadata.chain(), "audit bucket beside records") if count(_audit) == 0

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

_judged(address) := answer.failed(address, _attribute, _expected, "not set") if {
	every _, reading in bucket.readings(address, _encryption, _key) {
		reading.status == "not_set"
	}
} else := answer.unknown(address, _attribute, _expected, "not known") if {
	count(key.of_bucket(address)) == 0
} else := answer.failed(address, _attribute, _expected, concat(", ", sort(shared))) if {
	shared := key.of_bucket(address) & _record_keys
	count(shared) > 0
} else := answer.passed(address, _attribute, _expected, concat(", ", sort(key.of_bucket(address))))

_encryption := "aws_s3_bucket_server_side_encryption_configuration"

_key := ["rule", 0, "apply_server_side_encryption_by_default", 0, "kms_master_key_id"]

_attribute := "rule.apply_server_side_encryption_by_default.kms_master_key_id"

_expected := "a key that encrypts no record"
