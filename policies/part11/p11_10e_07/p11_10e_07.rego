# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Only the log services write the audit bucket
# description: |-
#   The audit bucket's policy lets log delivery services put objects, each held to this account or one trail, and
#   lets roles put them only outside the log services' prefix AWSLogs/. No identity policy of a runtime role, or of a
#   principal outside the plan, reaches that prefix either: a forged log file would look like a real one. The policy lets each
#   trail of the plan deliver.
# custom:
#   id: P11-10e-07
#   severity: high
#   clauses: ["11.10(e)"]
#   annex11: ["9"]
#   alcoa: [original, attributable]
#   requirements: [URS-015]
#   resources:
#     - aws_s3_bucket
#     - aws_s3_bucket_policy
#     - aws_iam_group_policy
#     - aws_iam_user_policy
#     - aws_iam_role_policy
#     - aws_iam_policy
#     - aws_iam_role_policy_attachment
#     - aws_iam_role
#     - aws_cloudtrail
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_policy, path: bucket}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_iam_group_policy, path: policy}
#     - {type: aws_iam_user_policy, path: policy}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_cloudtrail, path: name}
#     - {type: aws_cloudtrail, path: s3_bucket_name}
#     - {type: aws_cloudtrail, path: s3_key_prefix}
#   environments: [production, qualification, development]
#   bucket_roles: [audit]
#   failure_msg: Somebody other than the log services may write where the trail is kept.
#   fix: Allow s3:PutObject on the audit bucket to the log services with aws:SourceArn or aws:SourceAccount, and to roles on a prefix of their own.
#   verified_by: [IQ]
package part11.p11_10e_07

import data.lib.answer
import data.lib.bucket
import data.lib.grant
import data.lib.scope
import data.lib.statement
import data.lib.trail

answers contains _governed(address) if some address in _buckets

answers contains answer.failed(put.policy.address, put.policy.attribute, _expected, $"{put.role} may put into {address}") if {
	some put in _put_grants
	some address in put.buckets
	_reaches_logs(input.statements[put.statement], address)
}

answers contains answer.unknown(policy.address, policy.attribute, _expected, "text not known") if {
	count(_buckets) > 0
	some policy in grant.unattached_policies
	grant.unreadable(policy)
}

answers contains answer.unknown(role, "policy", _expected, $"not known: {policy}") if {
	count(_buckets) > 0
	some role in statement.runtime_roles
	some hidden in statement.identity_policies(role)
	grant.actions_unknown(hidden)
	policy := hidden.address
}

not_applicable := scope.reason(rego.metadata.chain(), "audit bucket") if count(_buckets) == 0

_buckets := scope.buckets(rego.metadata.chain())

_governed(address) := answer.failed(address, "policy", _expected, found) if {
	found := min({intruder |
		some allow in statement.on(address)
		allow.effect == "Allow"
		intruder := _intruder(allow, address)
	})
} else := answer.unknown(address, "policy", _expected, "policy not known in full") if {
	_policy_unknown(address)
} else := answer.failed(address, "policy", _expected, "no policy lets a log service deliver") if {
	not _delivered(address)
} else := answer.failed(address, "policy", _expected, $"{delivering}: {concat(", ", sort(obstacles))}") if {
	delivering := sort([one | some one in trail.delivering_to(address); count(trail.obstacles(one, address)) > 0])[0]
	obstacles := trail.obstacles(delivering, address)
} else := answer.passed(address, "policy", _expected, "log services, each from its source")

_policy_unknown(address) if statement.uncertain_on(address, "resource")

_policy_unknown(address) if bucket.part_unknown(address, "aws_s3_bucket_policy")

# Who may write by this statement though nobody but the log services should.
_intruder(allow, address) := concat(", ", sort(others)) if {
	_puts(allow)
	others := statement.services(allow) - _log_services
	count(others) > 0
} else := $"{concat(", ", sort(statement.services(allow)))} from any source" if {
	_puts(allow)
	count(statement.services(allow)) > 0
	not statement.restricted_by(allow, statement.source_keys)
} else := concat(", ", sort(people)) if {
	_puts(allow)
	_reaches_logs(allow, address)
	people := {principal.value | some principal in allow.principals; principal.type != "Service"}
	count(people) > 0
} else := "everybody but some" if {
	_puts(allow)
	_reaches_logs(allow, address)
	count(allow.notPrincipals) > 0
}

_delivered(address) if {
	some allow in statement.on(address)
	allow.effect == "Allow"
	_puts(allow)
	count(statement.services(allow) & _log_services) > 0
}

# Found once, for all buckets.
_put_grants := [{"role": role, "policy": policy, "statement": index, "buckets": statement.touched_buckets(input.statements[index]) & _buckets} |
	some {"role": role, "policy": policy} in _held_policies
	some index in policy.statements
	input.statements[index].effect == "Allow"
	_puts(input.statements[index])
]

_held_policies := array.concat(
	[{"role": role, "policy": policy} | some role in statement.runtime_roles; some policy in statement.identity_policies(role)],
	[{"role": "a principal outside the plan", "policy": policy} | some policy in grant.unattached_policies],
)

_puts(allow) if {
	some action in _put_actions
	statement.matches_action(allow, action)
}

_reaches_logs(allow, address) if {
	some prefix in _log_prefixes(address)
	statement.touches_objects(allow, address, prefix)
}

_log_prefixes(address) := {"AWSLogs/"} | {$"{prefix}/AWSLogs/" |
	some delivering in trail.delivering_to(address)
	prefix := input.resources[delivering].values.s3_key_prefix
	is_string(prefix)
}

_put_actions := ["s3:putobject", "s3:replicateobject"]

_log_services := {"cloudtrail.amazonaws.com", "config.amazonaws.com", "delivery.logs.amazonaws.com"}

_expected := "PutObject by log services only"
