# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: A read-only inspector role exists
# description: |-
#   One role can hand an inspector every record: read all versions of every record bucket, their retention and legal
#   hold, list the versions, decrypt with the buckets' keys, and write nothing to a bucket that holds records or
#   evidence. A deploy role is no inspector. What a bucket or key policy, the boundary or a Deny of the role's own takes away
#   is not there.
# custom:
#   id: P11-10b-01
#   severity: high
#   clauses: ["11.10(b)"]
#   annex11: ["8.1"]
#   alcoa: [legible, available]
#   requirements: [URS-018]
#   resources:
#     - aws_s3_bucket
#     - aws_iam_role_policy
#     - aws_iam_policy
#     - aws_iam_role_policy_attachment
#     - aws_iam_role
#     - aws_s3_bucket_policy
#     - aws_s3_bucket_server_side_encryption_configuration
#     - aws_s3_bucket_replication_configuration
#     - aws_kms_key
#     - aws_kms_key_policy
#   attributes:
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_policy, path: bucket}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_kms_key_policy, path: key_id}
#     - {type: aws_kms_key_policy, path: policy}
#     - {type: aws_iam_role, path: permissions_boundary}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: bucket}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: rule.apply_server_side_encryption_by_default.kms_master_key_id}
#   environments: [production, qualification, development]
#   failure_msg: No role can read all records without being able to change them.
#   fix: Add a role that may read versions, retention and legal hold of every record bucket and decrypt with their keys, and nothing else there.
#   verified_by: [IQ, OQ-access-inspector, OQ-sftp-proved]
package part11.p11_10b_01

import data.lib.answer
import data.lib.bucket
import data.lib.denial
import data.lib.grant
import data.lib.key
import data.lib.statement

answers contains _judged(record) if some record in _records

# Without record buckets the role must be there all the same.
answers contains answer.passed(role, "policy", _expected, "no record bucket in the plan") if {
	count(_records) == 0
	some role in _inspectors
}

answers contains _missing("plan") if {
	count(_records) == 0
	count(_inspectors) == 0
}

_judged(record) := answer.passed(record, "policy", _expected, concat(", ", sort(readers))) if {
	readers := {role | some role in _readers[record]; count(_taken[record][role]) == 0}
	count(readers) > 0
} else := answer.failed(record, "policy", _expected, $"taken away by {answer.few(taken)}") if {
	taken := union({policies | some policies in _taken[record]})
	count(taken) > 0
} else := _missing(record)

_missing(address) := answer.unknown(address, "policy", _expected, $"rights not known: {concat(", ", sort(_dark))}") if {
	count(_dark) > 0
} else := answer.failed(address, "policy", _expected, "no such role")

# Roles that may do all of what an inspector does, somewhere, and change nothing that is kept.
_inspectors := {role |
	some role in statement.runtime_roles
	not statement.uncertain[role]
	every action in array.concat(_on_objects, ["kms:decrypt", "s3:listbucketversions"]) {
		count(statement.grants(role, action)) > 0
	}
	not _writes(role)
}

# Roles of which only the apply tells whether they read records.
_dark := {role |
	some role in statement.runtime_roles
	some policy in statement.identity_policies(role)
	_may_read(policy)
}

_may_read(policy) if grant.actions_unknown(policy)

_may_read(policy) if {
	some index in policy.statements
	said := input.statements[index]
	said.partial
	said.effect == "Allow"
	some action in _on_objects
	statement.matches_action(said, action)
}

_records := bucket.of_roles({"record"})

# Record bucket -> roles that read it: from the roles, of which each reaches some buckets only.
_readers[record] contains role if {
	some role in _inspectors
	some record in intersection({_records, _listed(role)} | {_covered(role, action) | some action in _on_objects})
	every one in key.of_bucket(record) {
		_opens(role, one)
	}
}

# Record bucket -> role that could read it -> policies that take something away from it.
_taken[record][role] := policies if {
	some record, roles in _readers
	some role in roles
	policies := union({denial.of_objects(role, action, record) | some action in _on_objects} | {
		denial.of_bucket(role, "s3:listbucketversions", record),
		{policy | some one in key.of_bucket(record); some policy in denial.of_key(role, "kms:decrypt", one)},
	})
}

_covered(role, action) := {address |
	some allow in statement.grants(role, action)
	some address in statement.covered_objects(allow)
}

_listed(role) := {address |
	some allow in statement.grants(role, "s3:listbucketversions")
	some address in statement.covered_buckets(allow)
}

_opens(role, one) if {
	_keys[role][one]
} else if {
	_keys[role]["*"]
}

_keys[role] contains one if {
	some role in _inspectors
	some allow in statement.grants(role, "kms:decrypt")
	some one in array.concat(allow.refs, allow.resources)
}

_writes(role) if {
	some allow in object.get(statement.granted, role, [])
	some action in statement.matched_actions(allow, _write_actions)
	not statement.denied_everywhere(role, action)
	_reaches(allow)
}

# From the statement to its buckets: asking each bucket would take roles times buckets.
_reaches(allow) if {
	count(statement.touched_buckets(allow) & _kept) > 0
} else if {
	count(statement.covered_buckets(allow) & _kept) > 0
}

_kept := bucket.of_roles(bucket.locked_roles)

_write_actions := {action | some action in data.part11_data.write_actions}

_on_objects := ["s3:getobjectlegalhold", "s3:getobjectretention", "s3:getobjectversion"]

_expected := "a role that reads every version and writes none"
