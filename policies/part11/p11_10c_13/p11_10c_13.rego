# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Bucket policy refuses version deletes and short retention
# description: |-
#   The lock refuses for the period it was given; the policy refuses before that question arises: nobody deletes a
#   version, and nobody writes an object with a retention shorter than its record class.
# custom:
#   id: P11-10c-13
#   severity: high
#   clauses: ["11.10(c)"]
#   annex11: ["7.1"]
#   alcoa: [original, enduring]
#   requirements: [URS-009, URS-021]
#   resources: [aws_s3_bucket, aws_s3_bucket_policy]
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_policy, path: bucket}
#     - {type: aws_s3_bucket_policy, path: policy}
#   environments: [production, qualification]
#   bucket_roles: [record, audit, replica, inbox, evidence]
#   failure_msg: "The bucket policy leaves a gap: it needs a statement that {expected} ({actual})."
#   fix: "Add Deny statements for all principals on every object: s3:DeleteObjectVersion without condition, and s3:PutObject and s3:PutObjectRetention with NumericLessThan s3:object-lock-remaining-retention-days."
#   verified_by: [OQ-access-weaken-lock, OQ-access-delete-marker]
package part11.p11_10c_13

import data.lib.answer
import data.lib.bucket
import data.lib.scope
import data.lib.statement

answers contains _answer(address, matches, "denies s3:DeleteObjectVersion to everyone") if {
	some address in _buckets
	matches := [deny |
		some deny in statement.on(address)
		statement.denies_everyone(deny, "s3:deleteobjectversion")
		count(deny.conditions) == 0
		statement.covers_objects(deny, address)
	]
}

answers contains _answer(address, matches, expected) if {
	some address in _buckets
	minimum := bucket.minimum_days(address)
	some action in ["s3:putobject", "s3:putobjectretention"]
	expected := $"denies {action} with less than {minimum} days of retention"
	matches := [deny |
		some deny in statement.on(address)
		statement.denies_everyone(deny, action)
		_shorter_than(deny, minimum)
		statement.covers_objects(deny, address)
	]
}

answers contains answer.unknown(address, "tags", "a record class of the settings", "not known") if {
	some address in _buckets
	not bucket.minimum_days(address)
}

not_applicable := scope.reason(rego.metadata.chain(), "record-bearing bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

# Any further condition would let some requests through.
_shorter_than(deny, minimum) if {
	some value in statement.only_condition(deny, {"NumericLessThan"}, "s3:object-lock-remaining-retention-days")
	to_number(value) >= minimum
}

_answer(address, matches, expected) := answer.passed(address, "policy", expected, matches[0].sid) if {
	is_string(matches[0].sid)
} else := answer.passed(address, "policy", expected, "a statement without Sid") if {
	count(matches) > 0
} else := answer.unknown(address, "policy", expected, "not readable before apply") if {
	statement.uncertain_on(address, "resource")
} else := answer.failed(address, "policy", expected, "no such statement")
