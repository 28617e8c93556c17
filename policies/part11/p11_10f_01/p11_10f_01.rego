# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Exactly one role writes below each prefix of a record or inbox bucket
# description: |-
#   Below each prefix of a bucket that receives or keeps records exactly one runtime role may put objects, by its own
#   policies or by the bucket's: each stage of a record's life has its owner, and no step writes what another one is to
#   write. That the steps come one after the other is not shown here: P11-10f-02 shows it for signing. Roles with prefixes
#   that do not overlap are neighbours, not rivals. Deploy roles of the settings are exempt, and what a role's own Deny takes
#   away everywhere does not count.
# custom:
#   id: P11-10f-01
#   severity: high
#   clauses: ["11.10(f)"]
#   annex11: ["5", "6"]
#   alcoa: [attributable, consistent]
#   requirements: [URS-003, URS-006]
#   resources:
#     - aws_s3_bucket
#     - aws_s3_bucket_policy
#     - aws_iam_role
#     - aws_iam_role_policy
#     - aws_iam_policy
#     - aws_iam_role_policy_attachment
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#   environments: [production, qualification, development]
#   bucket_roles: [record, inbox]
#   failure_msg: Several roles, or none, may write below one prefix of the bucket.
#   fix: Give each prefix of the bucket to one role, and take s3:PutObject there from all others.
#   verified_by: [IQ, OQ-write-outside-prefix, OQ-sftp-neighbour-put, OQ-push-outside-prefix]
package part11.p11_10f_01

import data.lib.answer
import data.lib.scope
import data.lib.statement

answers contains _judged(bucket) if some bucket in _buckets

not_applicable := scope.reason(rego.metadata.chain(), "bucket that receives or keeps records") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_judged(bucket) := answer.failed(bucket, "policy", _expected, answer.few(rivals)) if {
	rivals := _rivals(bucket)
	count(rivals) > 0
} else := answer.unknown(bucket, "policy", _expected, $"rights of {_dark_shown} not known") if {
	count(_dark_roles) > 0
} else := answer.unknown(bucket, "policy", _expected, "bucket policy not known") if {
	statement.uncertain_on(bucket, "resource")
} else := answer.failed(bucket, "policy", _expected, "no role of the plan writes here") if {
	not _writers[bucket]
} else := answer.passed(bucket, "policy", _expected, concat(", ", sort({role | some role in _writers[bucket][_]})))

# Bucket -> prefix -> roles that may write there.
_writers[bucket][prefix] contains role if {
	some role in statement.runtime_roles
	some allow in statement.grants(role, "s3:putobject")
	some bucket in statement.touched_buckets(allow)
	some prefix in _prefixes(allow, bucket)
}

# An administrator by a policy of AWS's own writes everywhere.
_writers[bucket][""] contains role if {
	some bucket in _buckets
	some role in _administrators
}

_administrators := {role |
	some role in statement.runtime_roles
	some policy in statement.identity_policies(role)
	statement.managed_grade(policy) == "admin"
}

# Where each pattern begins to be anything; "" is the whole bucket.
_prefixes(allow, bucket) := {_prefix(allow, pattern, bucket) | some pattern in allow.resources; _meant(allow, pattern, bucket)} if {
	not allow.partial
	count(allow.notResources) == 0
} else := {""}

_meant(allow, pattern, bucket) if statement.touches_objects(object.union(allow, {"resources": [pattern]}), bucket, "")

_prefix(allow, pattern, bucket) := prefix if {
	text := statement.settled(statement.bucket_pattern(allow, pattern, bucket))
	name := $"{statement.bucket_name(bucket)}/"
	startswith(text, name)
	prefix := substring(text, count(name), -1)
} else := ""

# Prefixes on which, or on one that holds them, several roles may write.
_rivals(bucket) := {$"{answer.few(roles)} in {_shown(prefix)}" |
	some prefix, own in _writers[bucket]
	roles := own | {role |
		some length in _lengths[bucket]
		some role in object.get(_writers[bucket], substring(prefix, 0, length), set())
	}
	count(roles) > 1
}

_lengths[bucket] contains count(prefix) if {
	some bucket, prefixes in _writers
	some prefix, _ in prefixes
}

_shown(prefix) := prefix if {
	prefix != ""
} else := "the whole bucket"

_dark_shown := answer.few(_dark_roles)

_dark_roles := {role | some role in statement.runtime_roles; statement.uncertain[role]}

_expected := "one writer for each prefix"
