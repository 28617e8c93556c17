# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The replication role may read retention and legal hold
# description: |-
#   S3 copies an object's lock with it only if the replication role may read both; without them locked objects fail
#   to replicate one by one. A permissions boundary that leaves them out takes the grant away. Nor may a Deny, of the role's
#   own or in the policy of a bucket or a key, take away what the copy needs beside (S3 user guide, Setting up permissions for
#   live replication).
# custom:
#   id: P11-10c-11
#   severity: high
#   clauses: ["11.10(c)"]
#   annex11: ["16"]
#   alcoa: [enduring, complete]
#   requirements: [URS-014]
#   resources: [aws_s3_bucket, aws_s3_bucket_policy, aws_s3_bucket_replication_configuration, aws_kms_key, aws_kms_key_policy]
#   attributes:
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: role}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role, path: permissions_boundary}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_s3_bucket_policy, path: bucket}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_kms_key_policy, path: key_id}
#     - {type: aws_kms_key_policy, path: policy}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: bucket}
#     - {type: aws_s3_bucket_server_side_encryption_configuration, path: rule.apply_server_side_encryption_by_default.kms_master_key_id}
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
import data.lib.denial
import data.lib.key
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

answers contains answer.failed(pair.configuration, "role", $"a role that may {lost.action}", $"taken away by {lost.policy}") if {
	some pair in _pairs
	some role in _roles(input.resources[pair.configuration])
	some lost in _taken(role, pair)
}

not_applicable := scope.reason(rego.metadata.chain(), "record, audit or evidence bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_wanted := ["s3:getobjectlegalhold", "s3:getobjectretention"]

_pairs contains {"bucket": address, "configuration": configuration} if {
	some address in _buckets
	some configuration in replication.configurations(address)
}

_answer(pair, action) := answer.passed(pair.configuration, "role", _expected(action), concat(", ", sort(roles))) if {
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
	count(denial.of_objects(role, action, address)) == 0
}

# What a copy needs beside, and the policy that takes it away, in the source, the destinations of the plan, and their keys.
_taken(role, pair) := union({
	{{"action": "s3:getobjectversionforreplication", "policy": policy} |
		some policy in denial.of_objects(role, "s3:getobjectversionforreplication", pair.bucket)
	},
	{{"action": action, "policy": policy} |
		some action in ["s3:getreplicationconfiguration", "s3:listbucket"]
		some policy in denial.of_bucket(role, action, pair.bucket)
	},
	{{"action": "s3:replicateobject", "policy": policy} |
		some copy in _copies(pair.bucket)
		some policy in denial.of_objects(role, "s3:replicateobject", copy)
	},
	{{"action": "kms:decrypt", "policy": policy} |
		some one in key.of_bucket(pair.bucket)
		some policy in denial.of_key(role, "kms:decrypt", one)
	},
	{{"action": "kms:encrypt", "policy": policy} |
		some copy in _copies(pair.bucket)
		some one in key.of_bucket(copy)
		some policy in denial.of_key(role, "kms:encrypt", one)
	},
})

_copies(address) := {copy |
	some rule in replication.copying(address)
	some copy in replication.destinations(rule)
}
