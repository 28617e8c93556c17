# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Every landed object reaches the function that hashes it
# description: |-
#   From each bucket that receives records a closed way leads to a function: the bucket's notification or an enabled event
#   rule on all of its objects, a function that may run (or a queue that such a function takes from), and the permission to call it. For homes
#   of transfer users a rule on finished uploads does too. What is not hashed at arrival cannot be shown to be unaltered.
# custom:
#   id: P11-10a-09
#   severity: critical
#   clauses: ["11.10(a)"]
#   annex11: ["5"]
#   alcoa: [original, complete, accurate]
#   requirements: [URS-019, URS-025]
#   resources:
#     - aws_s3_bucket
#     - aws_s3_bucket_notification
#     - aws_cloudwatch_event_rule
#     - aws_cloudwatch_event_target
#     - aws_lambda_event_source_mapping
#     - aws_lambda_function
#     - aws_lambda_permission
#     - aws_sqs_queue
#     - aws_sqs_queue_policy
#     - aws_transfer_user
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_s3_bucket_notification, path: bucket}
#     - {type: aws_s3_bucket_notification, path: eventbridge}
#     - {type: aws_s3_bucket_notification, path: lambda_function}
#     - {type: aws_s3_bucket_notification, path: queue}
#     - {type: aws_cloudwatch_event_rule, path: event_bus_name}
#     - {type: aws_cloudwatch_event_rule, path: event_pattern}
#     - {type: aws_cloudwatch_event_rule, path: is_enabled}
#     - {type: aws_cloudwatch_event_rule, path: state}
#     - {type: aws_cloudwatch_event_target, path: arn}
#     - {type: aws_cloudwatch_event_target, path: rule}
#     - {type: aws_lambda_event_source_mapping, path: enabled}
#     - {type: aws_lambda_event_source_mapping, path: event_source_arn}
#     - {type: aws_lambda_event_source_mapping, path: function_name}
#     - {type: aws_lambda_function, path: reserved_concurrent_executions}
#     - {type: aws_lambda_permission, path: action}
#     - {type: aws_lambda_permission, path: function_name}
#     - {type: aws_lambda_permission, path: principal}
#     - {type: aws_sqs_queue, path: policy}
#     - {type: aws_sqs_queue_policy, path: policy}
#     - {type: aws_sqs_queue_policy, path: queue_url}
#     - {type: aws_transfer_user, path: home_directory}
#     - {type: aws_transfer_user, path: home_directory_mappings.target}
#   environments: [production, qualification, development]
#   bucket_roles: [record, inbox]
#   failure_msg: "Objects land in {address} that nothing hashes: {actual}."
#   fix: "Switch eventbridge on in the bucket's notification and lead an enabled event rule on its objects to the ingest function, with a permission for events.amazonaws.com."
#   verified_by: [IQ, OQ-sftp-promoted, OQ-reconciliation-unledgered]
package part11.p11_10a_09

import data.lib.arrival
import data.lib.scope

answers contains object.union(_about(address), arrival.verdict(address)) if some address in _buckets

not_applicable := scope.reason(rego.metadata.chain(), "bucket that receives records") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_about(address) := {"address": address, "attribute": "eventbridge", "expected": "a closed way to a function"}
