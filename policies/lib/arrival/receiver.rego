# SPDX-License-Identifier: Apache-2.0

package lib.arrival

import data.lib.alarm
import data.lib.attribute
import data.lib.event
import data.lib.resource
import data.lib.statement

# Targets of rules on arriving objects, those of rules that cannot be read included.
targets contains target if {
	some rule in event.existing
	some [source, kind] in [[_s3, _created], [_transfer, _completed]]
	event.hears(rule, source, kind) in {"yes", "unknown"}
	some target in event.targets(rule)
}

# Functions and queues that are told of arriving objects.
receivers := {receiver | some target in targets; some receiver in _receivers(input.resources[target], "arn")} | {receiver |
	some part in resource.existing(_notification)
	some kind, argument in _direct_kinds
	some receiver in _receivers(input.resources[part], $"{kind}.{argument}")
}

_received(from, name, service) := alarm.best([_admitted(receiver, service) | some receiver in _receivers(from, name)]) if {
	count(_receivers(from, name)) > 0
} else := {"status": "unknown", "actual": $"{name} leads to no function or queue of the plan"}

_receivers(from, name) := {address |
	some address in resource.referred(from, name)
	object.get(_calls_of, input.resources[address].type, null) != null
	resource.exists(input.resources[address])
}

_calls_of := {"aws_lambda_function": "lambda:invokefunction", "aws_sqs_queue": "sqs:sendmessage"}

_admitted(receiver, service) := _taken(receiver) if {
	some said in statement.on(receiver)
	said.effect == "Allow"
	_names_service(said, service)
	statement.matches_action(said, _calls_of[input.resources[receiver].type])
} else := {"status": "unknown", "actual": $"the policy of {receiver} is not known"} if {
	_policy_unknown(receiver)
} else := {"status": "fail", "actual": $"{receiver} does not admit {service}"}

_names_service(said, service) if statement.services(said)[service]

_names_service(said, _) if statement.everyone(said)

_policy_unknown(receiver) if statement.uncertain_on(receiver, "resource")

_policy_unknown(_) if count(_unplaced) > 0

# A policy whose queue or function cannot be told.
_unplaced contains policy.address if {
	some policy in statement.live_policies
	policy.use == "resource"
	count(policy.subjects) == 0
	input.resources[policy.address].type in {"aws_lambda_permission", "aws_sqs_queue_policy"}
}

# Whether somebody takes what a receiver gets.
_taken(receiver) := _running(receiver) if {
	input.resources[receiver].type == "aws_lambda_function"
} else := alarm.best([_mapped(mapping) | some mapping in _mappings[receiver]]) if {
	_mappings[receiver]
} else := {"status": "fail", "actual": $"no function takes from {receiver}"}

# A function that may run no time at once never runs.
_running(receiver) := {"status": "fail", "actual": $"{receiver} may never run"} if {
	attribute.is_value(_reserved(receiver), 0)
} else := {"status": "unknown", "actual": $"reserved_concurrent_executions of {receiver} known after apply"} if {
	_reserved(receiver).status == "unknown"
} else := {"status": "pass", "actual": receiver}

_reserved(receiver) := attribute.read(input.resources[receiver], ["reserved_concurrent_executions"])

_mapped(mapping) := {"status": "fail", "actual": $"{mapping} is switched off"} if {
	attribute.is_value(attribute.read(input.resources[mapping], ["enabled"]), false)
} else := {"status": "unknown", "actual": $"enabled of {mapping} known after apply"} if {
	attribute.read(input.resources[mapping], ["enabled"]).status == "unknown"
} else := alarm.best([_running(address) | some address in functions]) if {
	functions := {address |
		some address in _receivers(input.resources[mapping], "function_name")
		input.resources[address].type == "aws_lambda_function"
	}
	count(functions) > 0
} else := {"status": "unknown", "actual": $"function_name of {mapping} leads out of the plan"}

_mappings[queue] contains mapping if {
	some mapping in resource.existing("aws_lambda_event_source_mapping")
	some queue in resource.referred(input.resources[mapping], "event_source_arn")
}
