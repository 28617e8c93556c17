# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The trail reaches CloudWatch Logs
# description: |-
#   The trail is delivered to a log group too, where filters and alarms see an event within minutes instead of
#   hours. A role of the plan trusts CloudTrail and may create streams in that group and write to them; one of another plan is
#   taken by its name.
# custom:
#   id: P11-10e-17
#   severity: medium
#   clauses: ["11.10(e)", "11.300(d)"]
#   annex11: ["12.4"]
#   alcoa: [contemporaneous, available]
#   requirements: [URS-016, URS-023]
#   resources:
#     - aws_cloudtrail
#     - aws_cloudwatch_log_group
#     - aws_iam_role
#     - aws_iam_policy
#     - aws_iam_role_policy
#     - aws_iam_role_policy_attachment
#   attributes:
#     - {type: aws_cloudtrail, path: cloud_watch_logs_group_arn}
#     - {type: aws_cloudtrail, path: cloud_watch_logs_role_arn}
#     - {type: aws_cloudwatch_log_group, path: name}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role, path: assume_role_policy}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#   environments: [production, qualification, development]
#   failure_msg: The trail is not delivered to CloudWatch Logs.
#   fix: Set cloud_watch_logs_group_arn and cloud_watch_logs_role_arn, and let the role create streams in the group and write to them.
#   verified_by: [IQ, OQ-trail-to-logs]
package part11.p11_10e_17

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.statement
import data.lib.trail

answers contains _judged(address, name) if {
	some address in _delivered
	some name, _ in _targets
}

answers contains answer.failed("plan", name, "set", "no aws_cloudtrail in the plan") if {
	count(trail.existing) == 0
	some name, _ in _targets
}

# One trail that reaches the logs is enough; where none does, each is told.
_delivered := _complete if {
	count(_complete) > 0
} else := trail.existing

_complete := [address |
	some address in trail.existing
	every name, _ in _targets {
		_judged(address, name).status == "pass"
	}
]

_judged(address, name) := answer.failed(address, name, "set", "not set") if {
	_reading(address, name).status == "not_set"
} else := answer.failed(address, name, "set", min(flaws)) if {
	name == "cloud_watch_logs_role_arn"
	flaws := {$"{role}: {concat(", ", sort(lacking))}" |
		some role in _roles(address)
		not _dark(role)
		lacking := trail.lacking(role, _groups(address))
		count(lacking) > 0
	}
	count(flaws) > 0
} else := answer.unknown(address, name, "set", $"the policies of {answer.few(dark)} are not known") if {
	name == "cloud_watch_logs_role_arn"
	dark := {role | some role in _roles(address); _dark(role); count(trail.lacking(role, _groups(address))) > 0}
	count(dark) > 0
} else := answer.passed(address, name, "set", _reading(address, name).value) if {
	attribute.is_text(_reading(address, name))
} else := answer.failed(address, name, "set", attribute.shown(_reading(address, name))) if {
	_reading(address, name).status == "known"
} else := answer.passed(address, name, "set", concat(", ", sort(found))) if {
	found := {target |
		some target in resource.referred(input.resources[address], name)
		input.resources[target].type == _targets[name]
	}
	count(found) > 0
} else := answer.unknown(address, name, "set", "known after apply")

# Roles of the plan that the trail delivers as: it has one, a literal names one for sure.
_roles(address) := {role | some role in _named(address, "cloud_watch_logs_role_arn"); input.resources[role].type == "aws_iam_role"} | literal if {
	arn := object.get(input.resources[address].values, "cloud_watch_logs_role_arn", "")
	literal := statement.roles_of_principal({"type": "AWS", "value": arn})
}

_groups(address) := {group | some group in _named(address, "cloud_watch_logs_group_arn"); input.resources[group].type == "aws_cloudwatch_log_group"} | {arn |
	arn := _reading(address, "cloud_watch_logs_group_arn").value
	contains(arn, ":log-group:")
}

_named(address, name) := {target |
	some target in resource.referred(input.resources[address], name)
	resource.exists(input.resources[target])
}

_dark(role) if statement.uncertain[role]

_dark(role) if statement.uncertain_on(role, "trust")

_reading(address, name) := attribute.read(input.resources[address], [name])

_targets := {"cloud_watch_logs_group_arn": "aws_cloudwatch_log_group", "cloud_watch_logs_role_arn": "aws_iam_role"}
