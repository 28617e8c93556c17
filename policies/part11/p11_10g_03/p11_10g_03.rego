# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Services act only for this account
# description: |-
#   A trust or resource policy that lets an AWS service in says on whose behalf: aws:SourceAccount or aws:SourceArn,
#   or what the table of the services says that the service sends instead. A service that sends nothing needs no
#   condition; one that is not in the table and has none is unknown.
# custom:
#   id: P11-10g-03
#   severity: high
#   clauses: ["11.10(g)"]
#   annex11: ["12"]
#   alcoa: [attributable]
#   requirements: [URS-003]
#   resources:
#     - aws_cloudwatch_log_resource_policy
#     - aws_s3_bucket_policy
#     - aws_kms_key
#     - aws_kms_key_policy
#     - aws_sns_topic
#     - aws_sns_topic_policy
#     - aws_sqs_queue
#     - aws_sqs_queue_policy
#     - aws_secretsmanager_secret_policy
#     - aws_iam_role
#     - aws_lambda_permission
#   attributes:
#     - {type: aws_cloudwatch_log_resource_policy, path: policy_document}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_kms_key, path: policy}
#     - {type: aws_kms_key_policy, path: policy}
#     - {type: aws_sns_topic, path: policy}
#     - {type: aws_sns_topic_policy, path: policy}
#     - {type: aws_sqs_queue, path: policy}
#     - {type: aws_sqs_queue_policy, path: policy}
#     - {type: aws_secretsmanager_secret_policy, path: policy}
#     - {type: aws_iam_role, path: assume_role_policy}
#     - {type: aws_lambda_permission, path: principal}
#     - {type: aws_lambda_permission, path: source_arn}
#     - {type: aws_lambda_permission, path: source_account}
#   environments: [production, qualification, development]
#   failure_msg: An AWS service may act here on behalf of another account.
#   fix: Add a condition on aws:SourceAccount or aws:SourceArn to the statement.
#   verified_by: [IQ]
package part11.p11_10g_03

import data.lib.answer
import data.lib.scope
import data.lib.statement

answers contains _judged(policy, grants) if some [policy, grants] in _policies

not_applicable := scope.reason(rego.metadata.chain(), "policy for a service") if count(_policies) == 0

# Policies that name a service, or may, each with what it grants to services.
_policies := [[policy, grants] |
	some policy in statement.live_policies
	_uses[policy.use]
	grants := _grants(policy)
	_concerned(policy, grants)
]

_uses := {"resource", "trust"}

_concerned(policy, grants) if {
	policy.origin == "unknown"
} else if {
	count(grants) > 0
}

# [{"service": name without .amazonaws.com, "guard": "none" | "not in the table" | "guarded"}]
_grants(policy) := {{"service": service, "guard": _guard(service, _kind(policy), said)} |
	some index in policy.statements
	said := input.statements[index]
	said.effect == "Allow"
	some principal in statement.services(said)
	service := _service(principal)
}

_judged(policy, grants) := answer.failed(policy.address, policy.attribute, _expected, $"none for {concat(", ", sort(open))}") if {
	open := _with_guard(grants, "none")
	count(open) > 0
} else := answer.unknown(policy.address, policy.attribute, _expected, "not known in full") if {
	statement.unreadable(policy)
	not statement.within_account(policy)
} else := answer.unknown(policy.address, policy.attribute, _expected, $"{concat(", ", sort(foreign))} not in the table of services") if {
	foreign := _with_guard(grants, "not in the table")
	count(foreign) > 0
} else := answer.passed(policy.address, policy.attribute, _expected, concat(", ", sort(_with_guard(grants, "guarded"))))

_with_guard(grants, guard) := {grant.service | some grant in grants; grant.guard == guard}

_guard(service, kind, allow) := "guarded" if {
	statement.restricted_by(allow, _keys(service, kind))
} else := "guarded" if {
	data.part11_data.service_guards[service][kind] == []
} else := "none" if {
	data.part11_data.service_guards[service][kind]
} else := "not in the table"

# Source keys are honoured for every service; the table adds what a service has of its own.
_keys(service, kind) := statement.source_keys | {key | some key in object.get(data.part11_data.service_guards, [service, kind], [])}

_kind(policy) := "trust" if {
	policy.use == "trust"
} else := "key" if {
	some subject in policy.subjects
	startswith(input.resources[subject].type, "aws_kms_")
} else := "resource"

# "logs.eu-west-1.amazonaws.com" and "logs.amazonaws.com.cn" are both "logs".
_service(principal) := parts[0] if {
	parts := split(split(principal, ".amazonaws.com")[0], ".")
	count(parts) == 2
	contains(parts[1], "-")
} else := split(principal, ".amazonaws.com")[0]

_expected := "a condition on the source account or ARN"
