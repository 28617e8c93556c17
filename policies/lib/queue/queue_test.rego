# SPDX-License-Identifier: Apache-2.0

package lib.queue_test

import data.lib.fixture
import data.lib.queue

test_dead_letters[name] if {
	some name, case in {
		"by reference": [fixture.referring(fixture.unknown(_queue({}), [["redrive_policy"]]), {"redrive_policy": [_dead]}), {_dead}],
		"by a reference as written": [fixture.written(_queue({}), "redrive_policy", `{"deadLetterTargetArn": "${aws_sqs_queue.dead.arn}", "maxReceiveCount": 5}`), {_dead}],
		"by literal ARN": [_queue({"redrive_policy": `{"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111122223333:dead"}`}), {_dead}],
		"another name that ends alike": [_queue({"redrive_policy": `{"deadLetterTargetArn": "arn:aws:sqs:eu-west-1:111122223333:undead"}`}), set()],
		"one of several by reference": [fixture.ambiguously_referring(fixture.unknown(_queue({}), [["redrive_policy"]]), {"redrive_policy": [_dead]}), set()],
		"no queue": [fixture.referring(fixture.unknown(_queue({}), [["redrive_policy"]]), {"redrive_policy": ["aws_x.x"]}), set()],
		"a queue that is deleted": [fixture.referring(fixture.unknown(_queue({}), [["redrive_policy"]]), {"redrive_policy": ["aws_sqs_queue.gone"]}), set()],
		"not known": [fixture.unknown(_queue({}), [["redrive_policy"]]), set()],
		"none": [_queue({}), set()],
		"broken JSON": [_queue({"redrive_policy": `{"deadLetterTargetArn": `}), set()],
	}
	plan := fixture.plan([
		case[0],
		fixture.resource("aws_sqs_queue", "dead", {"name": "dead"}),
		fixture.deleted(fixture.resource("aws_sqs_queue", "gone", {"name": "gone"})),
		fixture.resource("aws_x", "x", {}),
	])
	queue.dead_letters("aws_sqs_queue.q") == case[1] with input as plan
}

_queue(values) := fixture.resource("aws_sqs_queue", "q", values)

_dead := "aws_sqs_queue.dead"
