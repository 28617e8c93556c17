# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The trail reaches CloudWatch Logs
# description: |-
#   The trail is delivered to a log group too, where filters and alarms see an event within minutes instead of
#   hours. A role of the plan that delivers it may make log streams and put events there.
# custom:
#   id: P11-10e-17
#   severity: medium
#   clauses: ["11.10(e)", "11.300(d)"]
#   annex11: ["12.4"]
#   alcoa: [contemporaneous, available]
#   requirements: [URS-016, URS-023]
#   resources: [aws_cloudtrail, aws_cloudwatch_log_group, aws_iam_role]
#   attributes:
#     - {type: aws_cloudtrail, path: cloud_watch_logs_group_arn}
#     - {type: aws_cloudtrail, path: cloud_watch_logs_role_arn}
#     - {type: aws_cloudwatch_log_group, path: name}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#   environments: [production, qualification, development]
#   failure_msg: "The trail is not delivered to CloudWatch Logs: {attribute} is {actual}."
#   fix: Set cloud_watch_logs_group_arn and cloud_watch_logs_role_arn, and allow the role logs:CreateLogStream and logs:PutLogEvents in that group.
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
} else := answer.failed(address, name, "set", $"{role}, which may not write there") if {
	name == "cloud_watch_logs_role_arn"
	role := min([role | some role in _roles(address); _writes(role, address) == "no"])
} else := answer.unknown(address, name, "set", $"{role}, whose rights are not known") if {
	name == "cloud_watch_logs_role_arn"
	role := min([role | some role in _roles(address); _writes(role, address) == "unknown"])
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

_roles(address) := {role |
	some role in resource.referred(input.resources[address], "cloud_watch_logs_role_arn")
	input.resources[role].type == "aws_iam_role"
}

_writes(role, trail) := "yes" if {
	every action in _needed {
		_may(role, action, trail)
	}
} else := "unknown" if {
	statement.uncertain[role]
} else := "no"

_may(role, action, trail) if {
	not statement.denied_everywhere(role, action)
	some allow in statement.identity[role]
	allow.effect == "Allow"
	statement.matches_action(allow, action)
	_reaches(allow, trail)
}

_reaches(allow, _) if count(allow.notResources) > 0

_reaches(allow, trail) if {
	some group in _groups(trail)
	group in allow.refs
}

# Of a group that is not in the plan only those statements are known to speak that speak of any.
_reaches(allow, trail) if {
	some pattern in allow.resources
	some name in _names(trail)
	statement.text_covers(_group_pattern(pattern), name)
}

# What a resource says of groups; a wildcard before that speaks of all of them.
_group_pattern(pattern) := split(split(pattern, ":log-group:")[1], ":")[0] if {
	contains(pattern, ":log-group:")
} else := "*" if {
	statement.wildcard(pattern)
}

_groups(trail) := {group |
	some group in resource.referred(input.resources[trail], "cloud_watch_logs_group_arn")
	input.resources[group].type == "aws_cloudwatch_log_group"
}

_names(trail) := {name |
	some group in _groups(trail)
	name := input.resources[group].values.name
	is_string(name)
} | {split(split(arn, ":log-group:")[1], ":")[0] |
	arn := attribute.read(input.resources[trail], ["cloud_watch_logs_group_arn"]).value
	contains(arn, ":log-group:")
}

# Source: CloudTrail user guide, Role policy document for CloudTrail to use CloudWatch Logs for monitoring.
_needed := ["logs:createlogstream", "logs:putlogevents"]

_reading(address, name) := attribute.read(input.resources[address], [name])

_targets := {"cloud_watch_logs_group_arn": "aws_cloudwatch_log_group", "cloud_watch_logs_role_arn": "aws_iam_role"}
