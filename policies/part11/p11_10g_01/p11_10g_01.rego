# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: No role holds two duties
# description: |-
#   Writing records, administering locks, keys and policies, administering the audit trail, administering users and
#   signing are separate duties: no runtime role holds two of them, by its own policies or by resource policies that name
#   it. Who may read buckets with the tag Blinding "unblinded" reads no other records: only the role with Part11Role
#   "ingest" of the one function with it for each inbox, which tells one from the other, does both; one task on ECS may
#   run with that role as well, and nobody else decides what runs with it. In production the same holds of each principal
#   by all roles that it may take, and by resource policies that name it. Deploy roles of the settings are exempt,
#   boundaries grant nothing.
#   Which folders "vendor/study" are unblinded stands in `unblinded` of the settings as well: each has a row of the table
#   of deliveries that says so, is refused in the inbox to all but promotion and roles outside the plan that the settings
#   call scanners, and is written to no bucket of other records; buckets of unblinded data keep their tag, are copied to
#   buckets that have it, and no event that names a file of theirs goes straight to a topic.
# custom:
#   id: P11-10g-01
#   severity: critical
#   clauses: ["11.10(g)", "11.200(a)(3)"]
#   annex11: ["12"]
#   alcoa: [attributable]
#   requirements: [URS-003]
#   resources:
#     - aws_s3_bucket
#     - aws_iam_group_policy
#     - aws_iam_user_policy
#     - aws_iam_role_policy
#     - aws_iam_policy
#     - aws_iam_role_policy_attachment
#     - aws_iam_role
#     - aws_s3_bucket_policy
#     - aws_s3_bucket_replication_configuration
#     - aws_kms_key
#     - aws_kms_key_policy
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_dynamodb_table, path: name}
#     - {type: aws_dynamodb_table, path: tags}
#     - {type: aws_dynamodb_table, path: tags_all}
#     - {type: aws_dynamodb_table_item, path: item}
#     - {type: aws_dynamodb_table_item, path: table_name}
#     - {type: aws_s3_bucket_notification, path: bucket}
#     - {type: aws_s3_bucket_notification, path: topic}
#     - {type: aws_cloudwatch_event_rule, path: event_bus_name}
#     - {type: aws_cloudwatch_event_rule, path: event_pattern}
#     - {type: aws_cloudwatch_event_rule, path: is_enabled}
#     - {type: aws_cloudwatch_event_rule, path: state}
#     - {type: aws_cloudwatch_event_target, path: arn}
#     - {type: aws_cloudwatch_event_target, path: rule}
#     - {type: aws_batch_job_definition, path: type}
#     - {type: aws_ecs_task_definition, path: container_definitions}
#     - {type: aws_ecs_task_definition, path: task_role_arn}
#     - {type: aws_ecs_task_definition, path: family}
#     - {type: aws_lambda_function, path: function_name}
#     - {type: aws_lambda_function, path: role}
#     - {type: aws_lambda_function, path: tags}
#     - {type: aws_lambda_function, path: tags_all}
#     - {type: aws_iam_group_policy, path: policy}
#     - {type: aws_iam_user_policy, path: policy}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#     - {type: aws_iam_role, path: assume_role_policy}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role, path: tags}
#     - {type: aws_iam_role, path: tags_all}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_kms_key, path: key_usage}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_kms_key, path: tags}
#     - {type: aws_kms_key, path: tags_all}
#     - {type: aws_kms_key_policy, path: policy}
#   environments: [production, qualification, development]
#   failure_msg: "Duties, or blinded and unblinded data, are not kept apart: {actual}, expected {expected}."
#   fix: Split the role, one duty each; name each unblinded folder in part11.yaml and in the vendors file alike.
#   verified_by: [IQ, OQ-write-get, OQ-unblinded-inspector, OQ-unblinded-reader]
package part11.p11_10g_01

import data.lib.answer
import data.lib.blinding
import data.lib.duty
import data.lib.grant
import data.lib.scope
import data.lib.statement

answers contains _judged(principal) if some principal in _principals

answers contains _alone(policy) if some policy in grant.unattached_policies

answers contains told if some told in blinding.answers

# Elsewhere the people who try it out take one role after the other.
answers contains told if {
	input.settings.environment == "production"
	some told in duty.answers
}

not_applicable := scope.reason(rego.metadata.chain(), "runtime role or identity policy") if count(answers) == 0

# Users and groups too, wherever a policy of the plan is theirs.
_principals := statement.runtime_roles | ({principal | some principal, _ in input.policiesOf} - statement.deploy_roles)

_judged(role) := answer.failed(role, "policy", _expected, "every duty, by an AWS-managed policy") if {
	some policy in statement.identity_policies(role)
	statement.managed_grade(policy) == "admin"
} else := answer.failed(role, "policy", _expected, concat(" and ", sort(duty.of_identity(role)))) if {
	count(duty.of_identity(role)) > 1
} else := answer.failed(role, "policy", _expected, _both) if {
	not blinding.promotion[role]
	duty.crosses(duty.read_by_identity(role))
} else := answer.failed(role, "policy", _expected, _steers(blinding.steered_by_identity(role))) if {
	not blinding.promotion[role]
	count(blinding.steered_by_identity(role)) > 0
} else := answer.unknown(role, "policy", _expected, "rights not known") if {
	some policy in statement.identity_policies(role)
	grant.actions_unknown(policy)
} else := answer.passed(role, "policy", _expected, _held(duty.of_identity(role)))

# Whoever holds the policy, it alone must not join two duties.
_alone(policy) := answer.failed(policy.address, policy.attribute, _expected, "every duty, by an AWS-managed policy") if {
	statement.managed_grade(policy) == "admin"
} else := answer.failed(policy.address, policy.attribute, _expected, concat(" and ", sort(duty.of_allows(_allows(policy))))) if {
	count(duty.of_allows(_allows(policy))) > 1
} else := answer.failed(policy.address, policy.attribute, _expected, _both) if {
	duty.crosses(duty.read_by_allows(_allows(policy)))
} else := answer.failed(policy.address, policy.attribute, _expected, _steers(blinding.steered_by_allows(_allows(policy)))) if {
	count(blinding.steered_by_allows(_allows(policy))) > 0
} else := answer.unknown(policy.address, policy.attribute, _expected, "rights not known") if {
	grant.unreadable(policy)
} else := answer.passed(policy.address, policy.attribute, _expected, _held(duty.of_allows(_allows(policy))))

_allows(policy) := [said |
	some index in policy.statements
	said := input.statements[index]
	said.effect == "Allow"
]

_both := "reading blinded and unblinded records"

_steers(actions) := $"deciding by {concat(", ", sort(actions))} what runs as promotion"

_held(duties) := "none" if {
	count(duties) == 0
} else := concat(", ", sort(duties))

_expected := "at most one duty"
