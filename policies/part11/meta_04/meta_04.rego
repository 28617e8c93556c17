# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Record-bearing resources refuse to be destroyed
# description: |-
#   With prevent_destroy Terraform itself stops a plan that would delete the resource, so a run past the gate loses
#   nothing. Qualification and development stacks are made to be taken down and are not judged.
# custom:
#   id: META-04
#   severity: high
#   clauses: ["11.10(c)"]
#   annex11: ["7.1"]
#   alcoa: [enduring]
#   requirements: [URS-009]
#   resources:
#     - aws_backup_vault
#     - aws_cloudtrail
#     - aws_cloudwatch_log_group
#     - aws_dynamodb_table
#     - aws_kms_key
#     - aws_s3_bucket
#     - aws_s3_bucket_object_lock_configuration
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_object_lock_configuration, path: bucket}
#     - {type: aws_backup_vault, path: lifecycle.prevent_destroy}
#     - {type: aws_cloudtrail, path: lifecycle.prevent_destroy}
#     - {type: aws_cloudwatch_log_group, path: lifecycle.prevent_destroy}
#     - {type: aws_dynamodb_table, path: lifecycle.prevent_destroy}
#     - {type: aws_kms_key, path: lifecycle.prevent_destroy}
#     - {type: aws_s3_bucket, path: lifecycle.prevent_destroy}
#     - {type: aws_s3_bucket_object_lock_configuration, path: lifecycle.prevent_destroy}
#   environments: [production]
#   bucket_roles: [record, audit, replica, inbox, evidence]
#   failure_msg: "{address} does not refuse to be destroyed (lifecycle.prevent_destroy is {actual})."
#   fix: Set lifecycle.prevent_destroy = true (preventDestroy in CDKTF), and give the gate the cdk.tf.json (--synth); where there is none, attest it in waivers.yaml (--waivers).
#   verified_by:
#     - "none: lifecycle stands in the synthesized configuration alone and shows in no AWS API"
package part11.meta_04

import data.lib.answer
import data.lib.bucket
import data.lib.resource
import data.lib.scope

answers contains _judged(address, input.resources[address].lifecycle) if some address in _subjects

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing resource") if count(_subjects) == 0

_subjects contains address if {
	some type in scope.types(rego.metadata.chain())
	type != "aws_s3_bucket"
	not startswith(type, "aws_s3_bucket_")
	some address in scope.existing(rego.metadata.chain(), type)
}

_subjects contains address if some address in _buckets

_subjects contains lock if {
	some address in _buckets
	some lock in bucket.locks(address)
	not resource.inline(lock)
}

_buckets := scope.buckets(rego.metadata.chain())

# Only the synthesized stack tells; plan JSON does not carry lifecycle.
_judged(address, null) := answer.unknown(address, "lifecycle.prevent_destroy", "true", "not known without --synth")

_judged(address, lifecycle) := answer.exact(address, "lifecycle.prevent_destroy", reading, true) if {
	reading := {"status": "known", "value": lifecycle.preventDestroy}
}
