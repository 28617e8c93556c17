# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: What is told of uploads to a transfer server
# description: |-
#   AWS Transfer sends an event for each upload over SFTP that is completed or has failed. A rule hears those of a server
#   when its pattern leaves `detail` alone or names the server. A control that reads this lists what lib/event needs, and id
#   of aws_transfer_server. Source: AWS Transfer Family user guide, Managing events using EventBridge.
package lib.upload

import data.lib.alarm
import data.lib.event
import data.lib.text

# The best rule on one outcome of uploads to a server: {"status": "pass" | "fail" | "unknown", "actual": short text}.
verdict(server, outcome) := alarm.best(heard) if {
	heard := [_best[outcome][name] | some name in _names(server); _best[outcome][name]]
	count(heard) > 0
} else := {"status": "fail", "actual": $"no event rule on {_kinds[outcome]}"}

# What a pattern may call a server: its id once there is one, or a reference to it in a text as written.
_names(server) := {_any, text.reference(server, "id")} | known if {
	values := input.resources[server].values
	known := {id | id := values.id; is_string(id)}
}

# Outcome -> server -> verdict, found once: many servers may be heard by the same rules.
_best[outcome][name] := alarm.best([_verdicts[outcome][rule] | some rule in rules]) if {
	some outcome, named in _rules
	some name, rules in named
}

# Outcome -> server -> rules.
_rules[outcome][name] contains rule if {
	some outcome, kind in _kinds
	some rule in event.existing
	event.hears(rule, "aws.transfer", kind) == "yes"
	some name in _servers(event.detail(rule))
}

_rules[outcome][_any] contains rule if {
	some outcome, kind in _kinds
	some rule in event.existing
	event.hears(rule, "aws.transfer", kind) == "unknown"
}

_servers(detail) := {_any} if {
	detail == {}
} else := {name | some name in detail["server-id"]; is_string(name)} if {
	event.keys(detail) == {"server-id"}
} else := set()

_verdicts[outcome][rule] := found if {
	some outcome, kind in _kinds
	some rule in event.existing
	found := _verdict(rule, kind)
}

_verdict(rule, kind) := event.silent(rule) if {
	event.silent(rule)
} else := {"status": "pass", "actual": rule} if {
	event.hears(rule, "aws.transfer", kind) == "yes"
} else := {"status": "unknown", "actual": $"event_pattern of {rule} not readable"}

_any := null

_kinds := {"completed": "SFTP Server File Upload Completed", "failed": "SFTP Server File Upload Failed"}
