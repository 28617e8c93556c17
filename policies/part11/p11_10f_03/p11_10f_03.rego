# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Only CI writes the DAGs, and each version stays
# description: |-
#   Whoever writes the bucket that a managed Airflow takes its DAGs from decides what runs on records. Roles tagged
#   Part11Role = ci and the deploy roles of the settings may write or delete there; no other principal may, by identity or
#   bucket policy, nor may a policy of principals outside the plan. The bucket is versioned, so that each change can be seen.
# custom:
#   id: P11-10f-03
#   severity: medium
#   clauses: ["11.10(f)", "11.10(k)"]
#   annex11: ["10"]
#   alcoa: [attributable, original]
#   requirements: [URS-026, URS-036]
#   resources:
#     - aws_mwaa_environment
#     - aws_s3_bucket
#     - aws_s3_bucket_policy
#     - aws_s3_bucket_versioning
#     - aws_iam_group_policy
#     - aws_iam_policy
#     - aws_iam_role
#     - aws_iam_role_policy
#     - aws_iam_role_policy_attachment
#     - aws_iam_user_policy
#   attributes:
#     - {type: aws_mwaa_environment, path: source_bucket_arn}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket_policy, path: bucket}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_s3_bucket_versioning, path: bucket}
#     - {type: aws_s3_bucket_versioning, path: versioning_configuration.status}
#     - {type: aws_iam_group_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role, path: tags}
#     - {type: aws_iam_role, path: tags_all}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#     - {type: aws_iam_user_policy, path: policy}
#   environments: [production, qualification, development]
#   failure_msg: "The DAGs of Airflow may be changed past CI: {attribute} of {address} gives {actual}."
#   fix: "Leave writing the DAG bucket to the role of CI (tag Part11Role = ci), and enable versioning of the bucket."
#   verified_by: ["none: no module brings an Airflow environment yet; the pipeline will"]
package part11.p11_10f_03

import data.lib.airflow
import data.lib.answer
import data.lib.bucket
import data.lib.grant
import data.lib.scope
import data.lib.statement
import data.lib.tag

answers contains _written(address) if some address in _sources

answers contains answer.exact(subject, "versioning_configuration.status", reading, "Enabled") if {
	some address in _sources
	some subject, reading in bucket.readings(address, "aws_s3_bucket_versioning", ["versioning_configuration", 0, "status"])
}

answers contains answer.unknown(environment, "source_bucket_arn", "a bucket of the plan", airflow.shown(environment)) if {
	some environment in _environments
	count(airflow.sources(environment)) == 0
}

not_applicable := scope.reason(rego.metadata.chain(), "Airflow environment") if count(_environments) == 0

_environments := scope.existing(rego.metadata.chain(), "aws_mwaa_environment")

_sources contains address if {
	some environment in _environments
	some address in airflow.sources(environment)
}

_written(address) := answer.failed(address, "policy", _expected, concat(", ", sort(strangers))) if {
	strangers := object.get(_by_identity, address, set()) | _by_bucket_policy(address)
	count(strangers) > 0
} else := answer.unknown(address, "policy", _expected, $"{_dark(address)} is not readable") if {
	_dark(address)
} else := answer.passed(address, "policy", _expected, "nobody else")

# Bucket -> who may write it by which identity policy, found once for all buckets.
_by_identity[address] contains concat(" by ", [who, policy.address]) if {
	some {"who": who, "policy": policy} in _held
	some address in _writable(who, policy)
}

_held := array.concat(
	[{"who": who, "policy": policy} | some who in _others; some policy in statement.identity_policies(who)],
	[{"who": "a principal outside the plan", "policy": policy} | some policy in grant.unattached_policies],
)

_writable(who, policy) := _sources if {
	statement.managed_grade(policy) == "admin"
} else := {address |
	some index in policy.statements
	allow := input.statements[index]
	allow.effect == "Allow"
	some action in statement.matched_actions(allow, _writes)
	not statement.denied_everywhere(who, action)
	some address in (statement.touched_buckets(allow) & _sources)
}

_by_bucket_policy(address) := {principal.value |
	some allow in statement.on(address)
	allow.effect == "Allow"
	count(statement.matched_actions(allow, _writes)) > 0
	some principal in allow.principals
	not _trusted_principal(principal)
} | {"everybody but some" |
	some allow in statement.on(address)
	allow.effect == "Allow"
	count(statement.matched_actions(allow, _writes)) > 0
	count(allow.notPrincipals) > 0
}

_trusted_principal(principal) if principal.value in input.settings.deployRoleArns

_trusted_principal(principal) if {
	roles := statement.roles_of_principal(principal)
	count(roles) > 0
	count(roles - _trusted) == 0
}

# One of them is enough to say, and is found once.
_dark(address) := address if {
	statement.uncertain_on(address, "resource")
} else := _first_unreadable

_first_unreadable := min(_unreadable)

_unreadable := {policy | some who in _others; some policy in object.get(statement.uncertain, who, set())} | {policy.address |
	some policy in grant.unattached_policies
	grant.unreadable(policy)
}

_others := {principal | some principal, _ in input.policiesOf} - _trusted

_trusted := statement.deploy_roles | {role |
	some role in statement.roles
	tag.read(input.resources[role], "Part11Role").value == "ci"
}

_writes := {"s3:deleteobject", "s3:deleteobjectversion", "s3:putobject", "s3:replicateobject"}

_expected := "written by CI only"
