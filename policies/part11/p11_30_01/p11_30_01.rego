# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Transport is TLS 1.2 or newer
# description: |-
#   Each bucket's policy denies everybody every action over plain HTTP, on the bucket and its objects, and over TLS
#   below 1.2. Each queue's policy denies plain HTTP, each topic's policy denies publishing over it. A Deny with a
#   further condition, with exceptions or for some actions only lets the rest through.
# custom:
#   id: P11-30-01
#   severity: critical
#   clauses: ["11.30"]
#   annex11: ["12"]
#   alcoa: [original, accurate]
#   requirements: [URS-011]
#   resources:
#     - aws_s3_bucket
#     - aws_s3_bucket_policy
#     - aws_sqs_queue
#     - aws_sqs_queue_policy
#     - aws_sns_topic
#     - aws_sns_topic_policy
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket_policy, path: bucket}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_sqs_queue, path: name}
#     - {type: aws_sqs_queue, path: policy}
#     - {type: aws_sqs_queue_policy, path: policy}
#     - {type: aws_sns_topic, path: name}
#     - {type: aws_sns_topic, path: policy}
#     - {type: aws_sns_topic_policy, path: policy}
#   environments: [production, qualification, development]
#   failure_msg: The resource can be reached over plain HTTP or old TLS.
#   fix: Deny all principals all actions when aws:SecureTransport is false, and on buckets when s3:TlsVersion is below 1.2.
#   verified_by: [IQ, OQ-write-plain-http]
package part11.p11_30_01

import data.lib.answer
import data.lib.bucket
import data.lib.scope
import data.lib.statement

answers contains _bucket_answer(address, _http, _plain_http_denials(address)) if some address in _buckets

answers contains _bucket_answer(address, _tls, _old_tls_denials(address)) if some address in _buckets

answers contains _messaging_answer(address, "sqs:*") if some address in _queues

answers contains _messaging_answer(address, "sns:publish") if some address in _topics

not_applicable := scope.reason(rego.metadata.chain(), "bucket, queue or topic") if {
	(count(_buckets) + count(_queues)) + count(_topics) == 0
}

_buckets := scope.existing(rego.metadata.chain(), "aws_s3_bucket")

_queues := scope.existing(rego.metadata.chain(), "aws_sqs_queue")

_topics := scope.existing(rego.metadata.chain(), "aws_sns_topic")

_plain_http_denials(address) := [deny |
	some deny in statement.on(address)
	statement.denies_plain_http(deny, "s3:*")
]

_old_tls_denials(address) := [deny |
	some deny in statement.on(address)
	statement.denies_old_tls(deny, "s3:*", data.part11_data.minimum_tls)
]

_bucket_answer(address, expected, denials) := answer.unknown(address, "policy", expected, "perhaps another policy") if {
	bucket.part_unknown(address, "aws_s3_bucket_policy")
} else := answer.passed(address, "policy", expected, "denied") if {
	_covers(address, denials)
} else := answer.unknown(address, "policy", expected, "policy not known in full") if {
	statement.uncertain_on(address, "resource")
} else := answer.failed(address, "policy", expected, "not denied")

_covers(address, denials) if {
	some on_objects in denials
	statement.covers_objects(on_objects, address)
	some on_bucket in denials
	statement.covers_bucket(on_bucket, address)
}

_messaging_answer(address, action) := answer.passed(address, "policy", _http, "denied") if {
	some deny in statement.on(address)
	statement.denies_plain_http(deny, action)
	_means(deny, address)
} else := answer.unknown(address, "policy", _http, "policy not known in full") if {
	statement.uncertain_on(address, "resource")
} else := answer.failed(address, "policy", _http, "not denied")

_means(deny, address) if address in deny.refs

_means(deny, address) if {
	some resource in deny.resources
	_names(resource, input.resources[address].values.name)
}

_means(deny, _) if "*" in deny.resources

_names(resource, name) if endswith(resource, $":{name}")

_http := "plain HTTP denied to everybody"

_tls := $"TLS below {data.part11_data.minimum_tls} denied to everybody"
