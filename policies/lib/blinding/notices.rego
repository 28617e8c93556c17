# SPDX-License-Identifier: Apache-2.0

package lib.blinding

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.event
import data.lib.resource
import data.lib.statement

# Answers on events that go straight to a topic: S3 and the transfer server name the file in them, and whoever hears a topic
# reads it in a mailbox. Events that a function reads first are its own to write.

answers contains answer.failed(part, "topic", _silent, "topic") if {
	some address in _named_in_events
	some part in bucket.parts(address, _notification)
	count(attribute.blocks(input.resources[part], ["topic"])) > 0
}

answers contains answer.unknown(part, "topic", _silent, "known after apply") if {
	some address in _named_in_events
	some part in bucket.parts(address, _notification)
	attribute.blocks_unknown(input.resources[part], ["topic"])
}

answers contains _passed_on(target, rule) if {
	count(_named_in_events) > 0
	some rule in event.existing
	not event.off(input.resources[rule])
	some target in event.targets(rule)
	_to_topic(input.resources[target])
	_may_name(rule)
}

# What is not understood of a pattern may let such an event through.
_passed_on(target, rule) := answer.failed(target, "arn", _silent, $"told by {rule}") if {
	"yes" in _hearing(rule)
} else := answer.unknown(target, "arn", _silent, $"event_pattern of {rule} not readable")

# Buckets of which an event may name unblinded files: the inbox too where the settings say that some arrive.
_named_in_events := unblinded | {inbox | some inbox in bucket.of_roles({"inbox"}); count(folders) > 0}

_to_topic(target) if {
	some topic in resource.referred(target, "arn")
	input.resources[topic].type == "aws_sns_topic"
} else if contains(attribute.read(target, ["arn"]).value, ":sns:")

_may_name(rule) if {
	count(_hearing(rule) - {"no"}) > 0
	_about_them(rule)
}

_hearing(rule) := {event.hears(rule, "aws.s3", kind) | some kind in _of_objects} | {event.hears(rule, "aws.transfer", kind) | some kind in _of_uploads}

# Unless the pattern names other buckets alone. What is left open in it may be any name.
_about_them(rule) if not event.detail(rule).bucket.name

_about_them(rule) if {
	some address in _named_in_events
	event.accepts(event.detail(rule).bucket.name, statement.bucket_name(address)) != "no"
}

_silent := "no topic that is told of unblinded files by name"

_notification := "aws_s3_bucket_notification"

_of_objects := {
	"Object ACL Updated", "Object Access Tier Changed", "Object Created", "Object Deleted", "Object Restore Completed",
	"Object Restore Expired", "Object Restore Initiated", "Object Storage Class Changed", "Object Tags Added", "Object Tags Deleted",
}

_of_uploads := {"SFTP Server File Upload Completed", "SFTP Server File Upload Failed"}
