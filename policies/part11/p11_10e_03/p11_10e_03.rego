# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Every read and write of a record is recorded
# description: |-
#   S3 data events, reads and writes, of every bucket that holds records, evidence or the trail itself are recorded
#   by a trail that logs in the bucket's region. On a trail's own destination one exclusion is accepted: the log
#   service's own PutObject, which would record itself for ever; PutObject by people and roles stays recorded.
# custom:
#   id: P11-10e-03
#   severity: critical
#   clauses: ["11.10(e)"]
#   annex11: ["9", "12.4"]
#   alcoa: [attributable, contemporaneous, complete]
#   requirements: [URS-016]
#   resources: [aws_s3_bucket, aws_cloudtrail]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_cloudtrail, path: enable_logging}
#     - {type: aws_cloudtrail, path: is_multi_region_trail}
#     - {type: aws_cloudtrail, path: s3_bucket_name}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.field}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.equals}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.not_equals}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.starts_with}
#     - {type: aws_cloudtrail, path: advanced_event_selector.field_selector.not_starts_with}
#     - {type: aws_cloudtrail, path: event_selector.data_resource.type}
#     - {type: aws_cloudtrail, path: event_selector.data_resource.values}
#     - {type: aws_cloudtrail, path: event_selector.read_write_type}
#   environments: [production, qualification, development]
#   bucket_roles: [record, inbox, replica, audit, evidence]
#   failure_msg: Not every read and write of the bucket is recorded by a trail.
#   fix: Add the bucket to a data event selector of type AWS::S3::Object without readOnly or eventName.
#   verified_by: [IQ, OQ-trail-to-logs]
package part11.p11_10e_03

import data.lib.answer
import data.lib.scope
import data.lib.trail

answers contains _judged(address, needed, needed - trail.recorded(address)) if {
	some address in _buckets
	needed := _needed(address)
}

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_judged(address, needed, missing) := answer.passed(address, _attribute, _text(needed), "recorded") if {
	count(missing) == 0
} else := answer.unknown(address, _attribute, _text(needed), "selectors known after apply") if {
	trail.undecided
} else := answer.failed(address, _attribute, _text(needed), $"not recorded: {_text(missing)}")

_needed(address) := trail.every_part - {"puts by services"} if {
	count(trail.delivering_to(address)) > 0
} else := trail.every_part

_text(parts) := concat(", ", sort(parts))

_attribute := "advanced_event_selector.field_selector.starts_with"
