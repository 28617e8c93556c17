# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Event rules, what they listen to and whom they tell
# description: |-
#   A control that reads this lists event_pattern, is_enabled, state and event_bus_name of aws_cloudwatch_event_rule and
#   rule and arn of aws_cloudwatch_event_target. Events of AWS services arrive on the default bus only.
#   Source: EventBridge user guide, Event patterns.
package lib.event

import data.lib.attribute
import data.lib.like
import data.lib.resource
import data.lib.text

existing := resource.existing("aws_cloudwatch_event_rule")

# Whether a rule hears all events of a source and a detail-type that pass its `detail`: "yes", "no" or "unknown".
hears(rule, source, kind) := _all_of(_outcomes(rule, source, kind))

_all_of(outcomes) := "no" if {
	"no" in outcomes
} else := "yes" if {
	outcomes == {"yes"}
} else := "unknown" if {
	"unknown" in outcomes
}

# The `detail` of a pattern; empty when it lets every event through, undefined when it cannot be read.
detail(rule) := found if {
	is_object(_patterns[rule].value)
	found := object.get(_patterns[rule].value, "detail", {})
	is_object(found)
}

# Names of the fields of a pattern or a part of it.
keys(of) := {name | some name, _ in of}

# Why a rule tells nobody: {"status": "fail" | "unknown", "actual": short text}; undefined when it is on, with a target.
silent(rule) := {"status": "fail", "actual": "the rule is switched off"} if {
	off(input.resources[rule])
} else := {"status": "fail", "actual": "the rule has no target"} if {
	count(targets(rule)) == 0
} else := {"status": "unknown", "actual": $"{concat(", ", hidden)} known after apply"} if {
	hidden := [name | some name in ["is_enabled", "state"]; attribute.read(input.resources[rule], [name]).status == "unknown"]
	count(hidden) > 0
}

off(rule) if attribute.is_value(attribute.read(rule, ["is_enabled"]), false)

off(rule) if {
	state := attribute.read(rule, ["state"])
	state.status == "known"
	not startswith(state.value, "ENABLED")
}

targets(rule) := object.get(_targets, rule, set())

_targets[rule] contains target if {
	some target in resource.existing("aws_cloudwatch_event_target")
	some rule in resource.referred(input.resources[target], "rule")
}

# A schedule has no pattern and hears nothing.
_outcomes(rule, source, kind) := {"no"} if {
	_patterns[rule].status == "not_set"
} else := {
	_on_default_bus(input.resources[rule]),
	_lets_through(_patterns[rule].value, "source", source),
	_lets_through(_patterns[rule].value, "detail-type", kind),
	_understood(_patterns[rule].value),
} if {
	is_object(_patterns[rule].value)
} else := {"unknown"}

_patterns[rule] := text.document(input.resources[rule], "event_pattern") if some rule in existing

_on_default_bus(rule) := "unknown" if {
	attribute.read(rule, ["event_bus_name"]).status == "unknown"
} else := "yes" if {
	object.get(rule.values, "event_bus_name", null) in {null, "", "default"}
} else := "no"

# Everything beside these narrows the pattern in ways that are not judged.
_understood(pattern) := "yes" if {
	count(keys(pattern) - {"source", "detail-type", "detail"}) == 0
	is_object(object.get(pattern, "detail", {}))
} else := "unknown"

_lets_through(pattern, field, wanted) := accepts(object.get(pattern, field, [wanted]), wanted)

# Whether a list of matchers accepts a text: "yes", "no", or "unknown" where one is not understood.
accepts(matchers, wanted) := "no" if {
	not is_array(matchers)
} else := "yes" if {
	some matcher in matchers
	_accepts(matcher, wanted)
} else := "unknown" if {
	some matcher in matchers
	not _judged(matcher)
} else := "no"

_accepts(matcher, wanted) if matcher == wanted

_accepts(matcher, wanted) if {
	count(matcher) == 1
	_operation(matcher, wanted)
}

_operation(matcher, wanted) if startswith(wanted, matcher.prefix)

_operation(matcher, wanted) if endswith(wanted, matcher.suffix)

_operation(matcher, wanted) if lower(wanted) == lower(matcher["equals-ignore-case"])

_operation(matcher, wanted) if like.matches(matcher.wildcard, wanted)

# A text with a reference in it may turn out to be the one that is wanted.
_judged(matcher) if _judged_text(matcher)

_judged(matcher) if {
	is_object(matcher)
	keys(matcher) - {"prefix", "suffix", "equals-ignore-case", "wildcard"} == set()
	every value in matcher {
		_judged_text(value)
	}
}

_judged_text(value) if {
	is_string(value)
	not text.open(value)
}
