# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Failures of ingest cannot be lost
# description: |-
#   On the way from a landed object to the function that hashes it each step keeps what it cannot deliver: the target of
#   the event rule has a dead-letter queue, so has the function that is called (or a destination on failure), and a queue
#   has a redrive policy. A step that leads its failures out of the plan cannot be judged.
# custom:
#   id: P11-10a-10
#   severity: high
#   clauses: ["11.10(a)"]
#   annex11: ["5", "13"]
#   alcoa: [complete, available]
#   requirements: [URS-025]
#   resources:
#     - aws_s3_bucket
#     - aws_s3_bucket_notification
#     - aws_cloudwatch_event_rule
#     - aws_cloudwatch_event_target
#     - aws_lambda_function
#     - aws_lambda_function_event_invoke_config
#     - aws_sns_topic
#     - aws_sqs_queue
#     - aws_sqs_queue_redrive_policy
#   attributes:
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_s3_bucket_notification, path: lambda_function}
#     - {type: aws_s3_bucket_notification, path: queue}
#     - {type: aws_cloudwatch_event_rule, path: event_bus_name}
#     - {type: aws_cloudwatch_event_rule, path: event_pattern}
#     - {type: aws_cloudwatch_event_target, path: arn}
#     - {type: aws_cloudwatch_event_target, path: dead_letter_config.arn}
#     - {type: aws_cloudwatch_event_target, path: rule}
#     - {type: aws_lambda_function, path: dead_letter_config.target_arn}
#     - {type: aws_lambda_function_event_invoke_config, path: destination_config.on_failure.destination}
#     - {type: aws_lambda_function_event_invoke_config, path: function_name}
#     - {type: aws_sqs_queue, path: name}
#     - {type: aws_sqs_queue, path: redrive_policy}
#     - {type: aws_sqs_queue_redrive_policy, path: queue_url}
#     - {type: aws_sqs_queue_redrive_policy, path: redrive_policy}
#   environments: [production, qualification, development]
#   bucket_roles: [record, inbox]
#   failure_msg: "What {address} cannot deliver is lost: {actual}."
#   fix: "Give the event target dead_letter_config, the function dead_letter_config or a destination on failure, and the queue a redrive_policy, each to a queue of the plan."
#   verified_by: [IQ, OQ-poison-dead-letter, OQ-poison-replayed]
package part11.p11_10a_10

import data.lib.answer
import data.lib.arrival
import data.lib.attribute
import data.lib.queue
import data.lib.resource
import data.lib.scope

answers contains _judged(target, "dead_letter_config.arn", _keepers(target, ["dead_letter_config", 0, "arn"])) if {
	scope.applies(rego.metadata.chain())
	some target in arrival.targets
}

answers contains _judged(function, "dead_letter_config.target_arn", found) if {
	scope.applies(rego.metadata.chain())
	some function in arrival.receivers
	input.resources[function].type == "aws_lambda_function"
	found := _keepers(function, ["dead_letter_config", 0, "target_arn"]) | {keeper |
		some config in object.get(_invoke_configs, function, set())
		some keeper in _keepers(config, ["destination_config", 0, "on_failure", 0, "destination"])
	}
}

answers contains _judged(receiver, "redrive_policy", found) if {
	scope.applies(rego.metadata.chain())
	some receiver in arrival.receivers
	input.resources[receiver].type == "aws_sqs_queue"
	found := _redriven(receiver) | {keeper |
		some policy in object.get(_redrive_policies, receiver, set())
		some keeper in _redriven(policy)
	}
}

answers contains answer.failed("plan", "dead_letter_config.arn", _expected, "no way from a landed object to a function") if {
	count(_buckets) > 0
	count(arrival.targets | arrival.receivers) == 0
}

not_applicable := scope.reason(rego.metadata.chain(), "bucket that receives records") if count(answers) == 0

_buckets := scope.buckets(rego.metadata.chain())

_judged(address, name, keepers) := answer.passed(address, name, _expected, concat(", ", sort(kept))) if {
	kept := keepers - {"?"}
	count(kept - {address}) > 0
} else := answer.unknown(address, name, _expected, "leads out of the plan") if {
	"?" in keepers
} else := answer.failed(address, name, _expected, "not set")

# Queues and topics that an attribute leads to; "?" where it leads out of the plan or is not known.
_keepers(address, path) := kept if {
	kept := {keeper |
		some keeper in resource.referred(input.resources[address], attribute.dotted(path))
		input.resources[keeper].type in {"aws_sqs_queue", "aws_sns_topic"}
		resource.exists(input.resources[keeper])
	}
	count(kept) > 0
} else := {"?"} if {
	reading := attribute.read(input.resources[address], path)
	reading.status != "not_set"
	not attribute.is_value(reading, "")
} else := set()

# A queue of the plan, whatever way the text names it.
_redriven(address) := queues if {
	queues := queue.dead_letters(address)
	count(queues) > 0
} else := _keepers(address, ["redrive_policy"])

_invoke_configs[function] contains config if {
	some config in resource.existing("aws_lambda_function_event_invoke_config")
	some function in resource.referred(input.resources[config], "function_name")
}

_redrive_policies[receiver] contains policy if {
	some policy in resource.existing("aws_sqs_queue_redrive_policy")
	some receiver in resource.referred(input.resources[policy], "queue_url")
}

_expected := "a queue or topic that keeps what fails"
