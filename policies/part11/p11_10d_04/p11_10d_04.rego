# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: No policy lets everybody in
# description: |-
#   A statement that allows the principal "*" (or everybody but some) is public unless a condition names the caller
#   exactly: source account or ARN, organisation, principal. Conditions on networks do not name anybody, nor does the
#   audience of a CI provider, which every tenant of it may ask for: its subject must name the owner. Permissions of
#   functions count as policies; a function URL without authorization gives one to everybody.
# custom:
#   id: P11-10d-04
#   severity: critical
#   clauses: ["11.10(d)"]
#   annex11: ["12.1"]
#   alcoa: [attributable, original]
#   requirements: [URS-009]
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
#     - aws_lambda_function_url
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
#     - {type: aws_lambda_function_url, path: authorization_type}
#     - {type: aws_lambda_permission, path: principal}
#     - {type: aws_lambda_permission, path: source_arn}
#     - {type: aws_lambda_permission, path: source_account}
#     - {type: aws_lambda_permission, path: principal_org_id}
#   environments: [production, qualification, development]
#   failure_msg: The policy allows everybody.
#   fix: Name the principals, or add a condition on aws:SourceArn, aws:SourceAccount, aws:PrincipalOrgID or aws:PrincipalArn.
#   waivable: false
#   verified_by: [IQ]
package part11.p11_10d_04

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope
import data.lib.statement

answers contains _judged(policy) if some policy in _policies

answers contains answer.exact(address, "authorization_type", reading, "AWS_IAM") if {
	some address in _urls
	reading := attribute.read(input.resources[address], ["authorization_type"])
}

not_applicable := scope.reason(rego.metadata.chain(), "resource policy") if count(_policies) + count(_urls) == 0

_urls := resource.existing("aws_lambda_function_url")

_policies := [policy |
	some policy in statement.live_policies
	policy.use in ["resource", "trust"]
]

_judged(policy) := answer.failed(policy.address, policy.attribute, _expected, $"Allow for everybody: {label}") if {
	label := min({text |
		some index in policy.statements
		open := input.statements[index]
		statement.public(open)
		not statement.restricted_by(open, statement.caller_keys)
		text := _label(open, index)
	})
} else := answer.unknown(policy.address, policy.attribute, _expected, "not known in full") if {
	statement.unreadable(policy)
	not statement.within_account(policy)
} else := answer.passed(policy.address, policy.attribute, _expected, "principals named")

_label(open, _) := open.sid if is_string(open.sid)

_label(open, index) := $"statement {index}" if not is_string(open.sid)

_expected := "no Allow for everybody"
