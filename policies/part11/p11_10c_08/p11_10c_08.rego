# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Replicas are locked at least as long as their source
# description: |-
#   A replica that can be deleted is no second copy. The destination bucket locks by default at least as long as the
#   source; one outside the plan cannot be judged and must be attested.
# custom:
#   id: P11-10c-08
#   severity: critical
#   clauses: ["11.10(c)"]
#   annex11: ["7.2"]
#   alcoa: [enduring]
#   requirements: [URS-014]
#   resources: [aws_s3_bucket, aws_s3_bucket_object_lock_configuration, aws_s3_bucket_replication_configuration]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.filter}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.prefix}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_s3_bucket_object_lock_configuration, path: bucket}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.days}
#     - {type: aws_s3_bucket_object_lock_configuration, path: rule.default_retention.years}
#   environments: [production, qualification]
#   bucket_roles: [record, audit, evidence]
#   failure_msg: "The replica of the bucket is not locked as long as its source: {actual}, {expected} required."
#   fix: "Give the destination bucket an aws_s3_bucket_object_lock_configuration of at least the same period, or attest the lock of a bucket in another account."
#   waivable: false
#   verified_by: [IQ, OQ-replica-arrives]
package part11.p11_10c_08

import data.lib.answer
import data.lib.bucket
import data.lib.replication
import data.lib.scope

answers contains answer.at_least(subject, "rule.default_retention", reading, _longest[pair.source], "days") if {
	some pair in _pairs
	some subject, reading in bucket.lock_readings(pair.replica)
}

answers contains answer.unknown(subject, "rule.default_retention", "at least the lock of the source", "the source's lock is not known") if {
	some pair in _pairs
	_hidden[pair.source]
	some subject, _ in bucket.lock_readings(pair.replica)
}

answers contains answer.unknown(address, "rule.destination.bucket", "a locked bucket of this plan", "not in the plan") if {
	some address in _buckets
	_replica_missing(address)
}

not_applicable := scope.reason(rego.metadata.chain(), "record, audit or evidence bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_pairs contains {"source": address, "replica": destination} if {
	some address in _buckets
	some rule in replication.copying(address)
	some destination in replication.destinations(rule)
}

# Of several locks of a source any may be the one, so the longest counts.
_longest[source] := max(periods) if {
	some source in {pair.source | some pair in _pairs}
	periods := {reading.value | some reading in bucket.lock_readings(source); reading.status == "known"}
	count(periods) > 0
}

_hidden contains source if {
	some source in {pair.source | some pair in _pairs}
	some reading in bucket.lock_readings(source)
	reading.status != "known"
}

_replica_missing(address) if count(replication.rules(address)) == 0

_replica_missing(address) if {
	some rule in replication.copying(address)
	count(replication.destinations(rule)) == 0
}
