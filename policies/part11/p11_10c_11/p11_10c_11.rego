# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The replication role may read retention and legal hold
# description: |-
#   S3 copies an object's lock with it only if the replication role may read both; without them locked objects fail
#   to replicate one by one. A permissions boundary that leaves them out takes the grant away.
# custom:
#   id: P11-10c-11
#   severity: high
#   clauses: ["11.10(c)"]
#   annex11: ["16"]
#   alcoa: [enduring, complete]
#   requirements: [URS-014]
#   resources: [aws_s3_bucket, aws_s3_bucket_replication_configuration]
#   attributes:
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: role}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_group_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_user_policy, path: policy}
#   environments: [production, qualification]
#   bucket_roles: [record, audit, evidence]
#   failure_msg: "The replication role cannot copy locks: {expected} is required, it is {actual}."
#   fix: "Allow s3:GetObjectRetention and s3:GetObjectLegalHold on the objects of the source bucket, without conditions, and in the boundary."
#   verified_by: [IQ, OQ-replica-arrives]
package part11.p11_10c_11

import data.lib.answer
import data.lib.replication
import data.lib.resource
import data.lib.scope
import data.lib.statement

answers contains _answer(pair, action) if {
	some pair in _pairs
	some action in _wanted
}

answers contains answer.unknown(address, "role", "a replication configuration", "none to judge") if {
	some address in _buckets
	count(replication.configurations(address)) == 0
}

not_applicable := scope.reason(rego.metadata.chain(), "record, audit or evidence bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_wanted := ["s3:getobjectlegalhold", "s3:getobjectretention"]

_pairs contains {"bucket": address, "configuration": configuration} if {
	some address in _buckets
	some configuration in replication.configurations(address)
}

_answer(pair, action) := answer.passed(pair.configuration, "role", _expected(action), concat(", ", roles)) if {
	roles := _roles(input.resources[pair.configuration])
	count(roles) > 0
	every role in roles {
		_may(role, action, pair.bucket)
	}
} else := answer.unknown(pair.configuration, "role", _expected(action), "the role is not in the plan") if {
	count(_roles(input.resources[pair.configuration])) == 0
} else := answer.unknown(pair.configuration, "role", _expected(action), "its policies are not readable before apply") if {
	some role in _roles(input.resources[pair.configuration])
	statement.uncertain[role]
} else := answer.failed(pair.configuration, "role", _expected(action), "not allowed")

_expected(action) := $"a role that may {action} on every object of the source"

_roles(configuration) := statement.roles_of_principal({"type": "AWS", "value": configuration.values.role}) if {
	is_string(configuration.values.role)
} else := {role |
	some role in resource.referred(configuration, "role")
	input.resources[role].type == "aws_iam_role"
}

_may(role, action, address) if {
	some grant in statement.grants(role, action)
	count(grant.conditions) == 0
	statement.covers_objects(grant, address)
	not _bounded(role, action)
}

# A boundary that does not allow the action takes the grant away.
_bounded(role, action) if {
	some boundary in statement.boundaries(role)
	not statement.unreadable(boundary)
	every index in boundary.statements {
		not _allows(input.statements[index], action)
	}
}

_allows(boundary, action) if {
	boundary.effect == "Allow"
	statement.covers_action(boundary, action)
}
