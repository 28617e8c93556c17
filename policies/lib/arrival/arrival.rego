# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: How landed objects reach the function that hashes them
# description: |-
#   Three ways: the bucket's notification calls a function or a queue; it tells EventBridge, and a rule does; or a rule on
#   finished SFTP uploads does, for the buckets that are homes of transfer users. A queue needs a function that takes from
#   it. Each way is closed when every step is there, switched on and admitted by the next. A verdict is
#   {"status": "pass" | "fail" | "unknown", "actual": short text}.
# scope: package
package lib.arrival

import data.lib.alarm
import data.lib.attribute
import data.lib.bucket
import data.lib.event
import data.lib.resource
import data.lib.text

# The best way of a bucket. A bucket has one notification, the one written last: of several each may be the one.
verdict(address) := {"status": "unknown", "actual": "its notification cannot be told"} if {
	_unsettled(address)
} else := alarm.best(ways) if {
	ways := array.concat(
		[way | some part in bucket.parts(address, _notification); some way in _of_notification[part]],
		array.concat(_by_eventbridge(address), _by_transfer(address)),
	)
	count(ways) > 0
} else := {"status": "fail", "actual": "nothing is told of its objects"}

_unsettled(address) if bucket.part_unknown(address, _notification)

_unsettled(address) if count(bucket.parts(address, _notification)) > 1

# ---- notifications --------------------------------------------------------------------------------------------------

_of_notification[part] := ways if {
	some part in resource.existing(_notification)
	ways := [_direct(input.resources[part], kind) |
		some kind, _ in _direct_kinds
		_calls(input.resources[part], kind)
	]
}

_calls(part, kind) if attribute.blocks_unknown(part, [kind])

_calls(part, kind) if count(attribute.blocks(part, [kind])) > 0

_direct(part, kind) := {"status": "unknown", "actual": $"{kind} known after apply"} if {
	attribute.blocks_unknown(part, [kind])
} else := {"status": "fail", "actual": $"{kind} is not told of every object"} if {
	count([i | some i in attribute.blocks(part, [kind]); _every_object(part, kind, i)]) == 0
} else := _received(part, $"{kind}.{argument}", "s3.amazonaws.com") if {
	argument := _direct_kinds[kind]
}

_every_object(part, kind, i) if {
	"s3:ObjectCreated:*" in attribute.read(part, [kind, i, "events"]).value
	every filter in ["filter_prefix", "filter_suffix"] {
		_without(attribute.read(part, [kind, i, filter]))
	}
}

_without(reading) if reading.status == "not_set"

_without(reading) if attribute.is_value(reading, "")

_direct_kinds := {"lambda_function": "lambda_function_arn", "queue": "queue_arn"}

# ---- event rules ----------------------------------------------------------------------------------------------------

_by_eventbridge(address) := [way |
	some part in bucket.parts(address, _notification)
	reading := attribute.read(input.resources[part], ["eventbridge"])
	reading.status != "not_set"
	not attribute.is_value(reading, false)
	some way in _told(address, reading)
]

_told(address, reading) := [{"status": "unknown", "actual": "eventbridge known after apply"}] if {
	reading.status == "unknown"
} else := ways if {
	ways := array.concat(
		[way | way := _best_on_all],
		[_rule_verdicts[rule] | some name in _names(address); some rule in object.get(_rules_by_name, name, set())],
	)
	count(ways) > 0
} else := [{"status": "fail", "actual": "no event rule for every object of it"}]

_by_transfer(address) := [_best_on_uploads] if {
	_homes[address]
	_best_on_uploads
} else := []

# Found once: of several rules on all buckets one is enough.
_best_on_all := alarm.best([_rule_verdicts[rule] | some rule in (_rules_on_all | _dark_rules)]) if {
	count(_rules_on_all | _dark_rules) > 0
}

_best_on_uploads := alarm.best([_rule_verdicts[rule] | some rule in _transfer_rules]) if count(_transfer_rules) > 0

# What a pattern may call a bucket: its name, or a reference to it in a text as written.
_names(address) := {text.reference(address, name) | some name in ["bucket", "id"]} | known if {
	values := input.resources[address].values
	known := {name | name := values.bucket; is_string(name)}
}

_rules_on_all contains rule if {
	some rule in event.existing
	event.hears(rule, _s3, _created) == "yes"
	event.detail(rule) == {}
}

_rules_by_name[name] contains rule if {
	some rule in event.existing
	event.hears(rule, _s3, _created) == "yes"
	detail := event.detail(rule)
	event.keys(detail) == {"bucket"}
	event.keys(detail.bucket) == {"name"}
	some name in detail.bucket.name
}

_dark_rules contains rule if {
	some rule in event.existing
	event.hears(rule, _s3, _created) == "unknown"
}

# Rules on finished uploads, of every server.
_transfer_rules contains rule if {
	some rule in event.existing
	event.hears(rule, _transfer, _completed) == "yes"
	event.detail(rule) == {}
}

# Buckets that are homes of transfer users, by reference or by the path "/bucket/…".
_homes contains address if {
	some user in resource.existing("aws_transfer_user")
	some name in ["home_directory", "home_directory_mappings.target"]
	some address in resource.referred(input.resources[user], name)
}

_homes contains address if {
	some user in resource.existing("aws_transfer_user")
	values := input.resources[user].values
	mapped := [mapping.target | some mapping in object.get(values, "home_directory_mappings", [])]
	some home in array.concat([home | home := values.home_directory], mapped)
	some address in object.get(bucket.by_name, split(home, "/")[1], set())
}

_rule_verdicts[rule] := found if {
	some rule in event.existing
	found := _rule_verdict(rule)
}

_rule_verdict(rule) := event.silent(rule) if {
	event.silent(rule)
} else := {"status": "unknown", "actual": "event_pattern not readable"} if {
	rule in _dark_rules
} else := alarm.best([_received(input.resources[target], "arn", "events.amazonaws.com") | some target in event.targets(rule)])

_notification := "aws_s3_bucket_notification"

_s3 := "aws.s3"

_created := "Object Created"

_transfer := "aws.transfer"

_completed := "SFTP Server File Upload Completed"
