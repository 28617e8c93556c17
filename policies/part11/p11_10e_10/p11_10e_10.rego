# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Server access logs arrive and are protected
# description: |-
#   S3 refuses to deliver access logs into a bucket with Object Lock or with SSE-KMS by default, and says nothing:
#   the log is silently lost. The target is another bucket of the plan, without either, and its policy lets the
#   logging service alone put objects, held to this account or to the source.
# custom:
#   id: P11-10e-10
#   severity: high
#   clauses: ["11.10(e)"]
#   annex11: ["9"]
#   alcoa: [complete, original]
#   requirements: [URS-016]
#   resources:
#     - aws_s3_bucket
#     - aws_s3_bucket_logging
#     - aws_s3_bucket_object_lock_configuration
#     - aws_s3_bucket_server_side_encryption_configuration
#     - aws_s3_bucket_policy
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: object_lock_enabled}
#     - {type: aws_s3_bucket_logging, path: bucket}
#     - {type: aws_s3_bucket_logging, path: target_bucket}
#     - {type: aws_s3_bucket_object_lock_configuration, path: bucket}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: bucket}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: rule.apply_server_side_encryption_by_default.sse_algorithm}
#     - {type: aws_s3_bucket_policy, path: bucket}
#     - {type: aws_s3_bucket_policy, path: policy}
#   environments: [production, qualification, development]
#   failure_msg: Access logs of the bucket are lost or unprotected.
#   fix: Log into a separate bucket without Object Lock, encrypted with AES256, whose policy lets logging.s3.amazonaws.com put objects.
#   verified_by: [IQ]
package part11.p11_10e_10

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.scope
import data.lib.statement

answers contains found if {
	some address in _configurations
	some found in _answers(address)
}

not_applicable := scope.reason(rego.metadata.chain(), "access logging") if count(_configurations) == 0

_configurations := scope.existing(rego.metadata.chain(), "aws_s3_bucket_logging")

_answers(address) := {answer.unknown(address, _attribute, _expected, "target not in the plan")} if {
	count(_targets(address)) == 0
} else := {_judged(address, target) | some target in _targets(address)}

_judged(address, target) := answer.failed(address, _attribute, _expected, "the bucket itself") if {
	address in bucket.parts(target, "aws_s3_bucket_logging")
} else := answer.failed(address, _attribute, _expected, "a bucket with Object Lock") if {
	_locked(target)
} else := answer.failed(address, _attribute, _expected, $"a bucket encrypted with {algorithm}") if {
	algorithm := _algorithm(target)
} else := answer.unknown(address, _attribute, _expected, "lock, encryption or policy of the target not known") if {
	_undecided(target)
} else := answer.failed(address, _attribute, _expected, found) if {
	found := min({intruder | some allow in statement.on(target); intruder := _intruder(allow)})
} else := answer.failed(address, _attribute, _expected, "a bucket that the logging service may not write") if {
	not _delivered(target)
} else := answer.passed(address, _attribute, _expected, target)

_targets(address) := bucket.destinations(of, _attribute, object.get(of.values, _attribute, null)) if of := input.resources[address]

_locked(target) if input.resources[target].values.object_lock_enabled == true

_locked(target) if count(bucket.parts(target, "aws_s3_bucket_object_lock_configuration")) > 0

# Another than AES256, which S3 encrypts with by itself where there is no configuration.
_algorithm(target) := min({found.value |
	some found in bucket.readings(
		target,
		"aws_s3_bucket_server_side_encryption_configuration",
		["rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"],
	)
	found.value != "AES256"
})

_undecided(target) if {
	some type in [
		"aws_s3_bucket_object_lock_configuration",
		"aws_s3_bucket_policy",
		"aws_s3_bucket_server_side_encryption_configuration",
	]
	bucket.part_unknown(target, type)
}

_undecided(target) if {
	some part in bucket.parts(target, "aws_s3_bucket_server_side_encryption_configuration")
	attribute.read(input.resources[part], ["rule", 0, "apply_server_side_encryption_by_default", 0, "sse_algorithm"]).status == "unknown"
}

_undecided(target) if statement.uncertain_on(target, "resource")

_intruder(allow) := $"a bucket that others may write: {concat(", ", sort(others))}" if {
	allow.effect == "Allow"
	statement.matches_action(allow, "s3:putobject")
	others := {principal.value | some principal in allow.principals} - {_service}
	count(others) > 0
} else := "a bucket that any account's logs may enter" if {
	_delivers(allow)
	not statement.restricted_by(allow, statement.source_keys)
}

_delivered(target) if {
	some allow in statement.on(target)
	_delivers(allow)
}

_delivers(allow) if {
	allow.effect == "Allow"
	_service in statement.services(allow)
	statement.matches_action(allow, "s3:putobject")
}

_service := "logging.s3.amazonaws.com"

_attribute := "target_bucket"

_expected := "another bucket, unlocked, AES256, written by the logging service only"
