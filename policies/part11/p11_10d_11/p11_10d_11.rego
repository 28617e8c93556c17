# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Each SFTP user has a session policy
# description: |-
#   A session policy of at most 2048 characters cuts the role down to uploading below the user's own place: its home
#   directory, its logical target, or a path with its name in it. So one sender never lists or writes what belongs to
#   another, even where they share a role. Users of an identity provider of one's own get their policy at login: that is
#   shown by a live test, and only the role is judged in the plan (P11-10d-13).
# custom:
#   id: P11-10d-11
#   severity: critical
#   clauses: ["11.10(d)", "11.10(g)"]
#   annex11: ["12.1", "12.3"]
#   alcoa: [attributable, original]
#   requirements: [URS-003]
#   resources: [aws_transfer_user, aws_transfer_access]
#   attributes:
#     - {type: aws_transfer_user, path: policy}
#     - {type: aws_transfer_user, path: user_name}
#     - {type: aws_transfer_user, path: home_directory}
#     - {type: aws_transfer_user, path: home_directory_type}
#     - {type: aws_transfer_user, path: home_directory_mappings.entry}
#     - {type: aws_transfer_user, path: home_directory_mappings.target}
#     - {type: aws_transfer_access, path: policy}
#     - {type: aws_transfer_access, path: home_directory}
#     - {type: aws_transfer_access, path: home_directory_type}
#     - {type: aws_transfer_access, path: home_directory_mappings.entry}
#     - {type: aws_transfer_access, path: home_directory_mappings.target}
#   environments: [production, qualification, development]
#   failure_msg: No session policy keeps the SFTP user to uploading in its own place.
#   fix: Set policy to a document that allows s3:PutObject on the user's own prefix, and s3:ListBucket with s3:prefix of it.
#   verified_by: [IQ, OQ-sftp-get, OQ-sftp-rename, OQ-sftp-rm, OQ-sftp-mkdir]
package part11.p11_10d_11

import data.lib.answer
import data.lib.attribute
import data.lib.scope
import data.lib.statement
import data.lib.transfer

answers contains _judged(user) if some user in _users

not_applicable := scope.reason(rego.metadata.chain(), "SFTP user") if count(_users) == 0

_users := transfer.users if {
	scope.applies(rego.metadata.chain())
} else := []

_judged(user) := answer.failed(user, "policy", _expected, "no session policy") if {
	count(_policies(user)) == 0
} else := answer.failed(user, "policy", _expected, $"{count(_text(user))} characters") if {
	count(_text(user)) > 2048
} else := answer.unknown(user, "policy", _expected, "not readable before apply") if {
	some policy in _policies(user)
	statement.unreadable(policy)
} else := answer.failed(user, "policy", _expected, concat(", ", sort(_excess(user)))) if {
	count(_excess(user)) > 0
} else := answer.failed(user, "policy", _expected, "allows nothing to be uploaded") if {
	not _uploads(user)
} else := answer.passed(user, "policy", _expected, "s3:putobject in its own place")

_policies(user) := statement.policies_on(user, "session")

_text(user) := attribute.read(input.resources[user], ["policy"]).value

_allows(user) := [said |
	some policy in statement.policies_on(user, "session")
	some index in policy.statements
	said := input.statements[index]
	said.effect == "Allow"
]

_uploads(user) if {
	some allow in _allows(user)
	"s3:putobject" in allow.actions
}

# A Deny could only narrow what is allowed, so it excuses nothing.
_excess(user) := (({action |
	some allow in _allows(user)
	some action in allow.actions
	not action in data.part11_data.upload_actions
} | {"everything but some actions or resources" |
	some allow in _allows(user)
	count(allow.notActions) + count(allow.notResources) > 0
}) | {$"objects in {pattern}" |
	some allow in _allows(user)
	some action in allow.actions
	action in {"s3:putobject", "s3:abortmultipartupload"}
	some pattern in allow.resources
	not transfer.within_home(user, _object(pattern))
}) | {"s3:listbucket beyond its own place" |
	some allow in _allows(user)
	"s3:listbucket" in allow.actions
	not _lists_own(user, allow)
}

# "bucket/key" behind ":s3:::"; other text names no object.
default _object(_) := ""

_object(pattern) := split(pattern, ":s3:::")[1]

_lists_own(user, allow) if {
	some condition in allow.conditions
	condition.key == "s3:prefix"
	condition.operator in {"StringEquals", "StringLike"}
	count(condition.values) > 0
	every bucket in allow.resources {
		every prefix in condition.values {
			_within(user, _object(bucket), prefix)
		}
	}
}

# The folder itself, with or without its slash, is listed as what is below it.
_within(user, bucket, prefix) if transfer.within_home(user, $"{bucket}/{prefix}/")

_expected := "uploading in its own place, in at most 2048 characters"
