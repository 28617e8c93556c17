# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Replication is timed, measured and watched
# description: |-
#   Replication Time Control promises and measures the copy; without metrics and an alarm on both latency and
#   failures, copies that stop arriving are found when they are needed.
# custom:
#   id: P11-10c-10
#   severity: medium
#   clauses: ["11.10(c)"]
#   annex11: ["16"]
#   alcoa: [available]
#   requirements: [URS-014, URS-023]
#   resources: [aws_s3_bucket, aws_s3_bucket_replication_configuration, aws_cloudwatch_metric_alarm]
#   attributes:
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.filter}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.prefix}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.replication_time.status}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.metrics.status}
#     - {type: aws_cloudwatch_metric_alarm, path: namespace}
#     - {type: aws_cloudwatch_metric_alarm, path: metric_name}
#     - {type: aws_cloudwatch_metric_alarm, path: dimensions}
#   environments: [production, qualification]
#   bucket_roles: [record, audit, evidence]
#   failure_msg: "Trouble in replication would go unnoticed: {attribute} is {actual}, {expected} is required."
#   fix: "Enable replication_time and metrics in the rule, and add AWS/S3 alarms on ReplicationLatency and OperationsFailedReplication for the source bucket."
#   verified_by: [IQ]
package part11.p11_10c_10

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.replication
import data.lib.resource
import data.lib.scope

answers contains answer.exact(rule.address, attribute.dotted(path), reading, "Enabled") if {
	some address in _buckets
	some rule in replication.rules(address)
	some block in ["replication_time", "metrics"]
	path := ["rule", rule.index, "destination", 0, block, 0, "status"]
	reading := attribute.read(input.resources[rule.address], path)
}

answers contains answer.unknown(address, "rule", "a replication rule for the whole bucket", "none to judge") if {
	some address in _buckets
	count(replication.rules(address)) == 0
}

answers contains answer.passed(address, $"alarm.{metric}", "an alarm on the bucket's replication", alarm) if {
	some address in _buckets
	some metric in _metrics
	some alarm in _alarms[metric][address]
}

answers contains answer.failed(address, $"alarm.{metric}", "an alarm on the bucket's replication", "none") if {
	some address in _buckets
	some metric in _metrics
	not _alarms[metric][address]
}

not_applicable := scope.reason(rego.metadata.chain(), "record, audit or evidence bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_metrics := ["OperationsFailedReplication", "ReplicationLatency"]

# Metric -> bucket -> alarms on it.
_alarms[metric][address] contains alarm if {
	some alarm in resource.existing("aws_cloudwatch_metric_alarm")
	input.resources[alarm].values.namespace == "AWS/S3"
	metric := input.resources[alarm].values.metric_name
	metric in _metrics
	name := object.get(input.resources[alarm].values, ["dimensions", "SourceBucket"], null)
	some address in bucket.destinations(input.resources[alarm], "dimensions.SourceBucket", name)
}
