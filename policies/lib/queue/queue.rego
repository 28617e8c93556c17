# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Where a queue leaves what it cannot deliver
# description: |-
#   The queue of the plan that a redrive policy names: by reference, by a reference within the text as written, or by the
#   name at the end of a literal ARN. A control that reads this lists redrive_policy and name of aws_sqs_queue.
package lib.queue

import data.lib.resource
import data.lib.text

# Empty when it leads to no queue of the plan.
dead_letters(carrier) := queues if {
	queues := {queue |
		some queue in resource.referred(input.resources[carrier], "redrive_policy")
		input.resources[queue].type == "aws_sqs_queue"
		resource.exists(input.resources[queue])
	}
	count(queues) > 0
} else := queues if {
	arn := text.document(input.resources[carrier], "redrive_policy").value.deadLetterTargetArn
	segments := split(arn, ":")
	queues := object.get(_by_reference, arn, set()) | object.get(_by_name, segments[count(segments) - 1], set())
} else := set()

_by_reference[text.reference(queue, "arn")] contains queue if some queue in resource.existing("aws_sqs_queue")

_by_name[name] contains queue if {
	some queue in resource.existing("aws_sqs_queue")
	name := input.resources[queue].values.name
}
