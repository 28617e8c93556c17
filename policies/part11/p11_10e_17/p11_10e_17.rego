# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The trail reaches CloudWatch Logs
# description: |-
#   The trail is delivered to a log group too, where filters and alarms see an event within minutes instead of
#   hours.
# custom:
#   id: P11-10e-17
#   severity: medium
#   clauses: ["11.10(e)", "11.300(d)"]
#   annex11: ["12.4"]
#   alcoa: [contemporaneous, available]
#   requirements: [URS-016, URS-023]
#   resources: [aws_cloudtrail]
#   attributes:
#     - {type: aws_cloudtrail, path: cloud_watch_logs_group_arn}
#     - {type: aws_cloudtrail, path: cloud_watch_logs_role_arn}
#   environments: [production, qualification, development]
#   failure_msg: The trail is not delivered to CloudWatch Logs.
#   fix: Set cloud_watch_logs_group_arn and cloud_watch_logs_role_arn.
#   verified_by: [IQ, OQ-trail-to-logs]
package part11.p11_10e_17

import data.lib.answer
import data.lib.attribute
import data.lib.resource
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

_reading(address, name) := attribute.read(input.resources[address], [name])

_targets := {"cloud_watch_logs_group_arn": "aws_cloudwatch_log_group", "cloud_watch_logs_role_arn": "aws_iam_role"}
