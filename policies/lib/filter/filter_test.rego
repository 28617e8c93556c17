# SPDX-License-Identifier: Apache-2.0

package lib.filter_test

import data.lib.filter

test_patterns[pattern] if {
	some pattern, want in {
		`{ $.eventName = "StopLogging" }`: "yes",
		`{$.eventName=StopLogging}`: "yes",
		`{ $.eventName = "Stop*" }`: "yes",
		`{ $."eventName" = "StopLogging" }`: "yes",
		`{ $.eventName = "DeleteTrail" }`: "no",
		`{ $.eventName != "StopLogging" }`: "no",
		`{ $.eventName != "DeleteTrail" }`: "yes",
		`{ $.user = "x" }`: "unknown",
		`{ $.user != "x" }`: "unknown",
		`{ $.eventName = %Stop.*% }`: "unknown",
		`{ $.size > 3 }`: "unknown",
		`{ $.size >= 3 }`: "unknown",
		`{ $.eventName = a>b }`: "unknown",
		`{ $.flag IS TRUE }`: "unknown",
		`{ $.errorCode NOT EXISTS }`: "yes",
		`{ $.eventName NOT EXISTS }`: "no",
		`{ $.user NOT EXISTS }`: "unknown",
		`{ $.errorCode = "AccessDenied" }`: "no",
		`{ ($.eventName = "StopLogging") && ($.eventName = "DeleteTrail") }`: "no",
		`{ ($.eventName = "StopLogging") || ($.eventName = "DeleteTrail") }`: "yes",
		`{ ($.eventName = "StopLogging") && ($.user = "x") }`: "unknown",
		`{ ($.eventName = "DeleteTrail") && ($.user = "x") }`: "no",
		`{ ($.eventName = "StopLogging") || ($.user = "x") }`: "yes",
		`{ $.eventName = "StopLogging" || $.eventName = "x" && $.eventName = "y" }`: "yes",
		`{ $.eventName = "x" && $.eventName = "y" || $.eventName = "StopLogging" }`: "yes",
		`{ ($.eventName = "x" || $.eventName = "StopLogging") && $.eventName = "y" }`: "no",
		`{ (($.eventSource = "cloudtrail.amazonaws.com") && (($.eventName = "a") || ($.eventName = "b") || ($.eventName = "c") || ($.eventName = "d") || ($.eventName = "StopLogging"))) }`: "yes",
		`{ $.eventName = "a) || (b" }`: "no",
		`{ $.eventName = "a" || "b" }`: "unknown",
		`StopLogging`: "unknown",
		`{ $.eventName = "Stop\"Logging" }`: "unknown",
		`{ $.eventName = "StopLogging }`: "unknown",
		`{ $.eventName = C# }`: "unknown",
		"{\t$.eventName = x }": "unknown",
		`{ }`: "unknown",
		`{ ($.eventName = "StopLogging" }`: "unknown",
		"{ $.eventName = \"StopLogging\"\n }": "unknown",
	}
	filter.lets_through(pattern, _event) == want
}

test_three_values[name] if {
	some [a, b, both, either] in [
		["T", "T", "yes", "yes"],
		["T", "F", "no", "yes"],
		["T", "U", "unknown", "yes"],
		["F", "T", "no", "yes"],
		["F", "F", "no", "no"],
		["F", "U", "no", "unknown"],
		["U", "T", "unknown", "yes"],
		["U", "F", "no", "unknown"],
		["U", "U", "unknown", "unknown"],
	]
	name := concat("", [a, b])
	filter.lets_through(concat(" ", ["{", _one[a], "&&", _one[b], "}"]), _event) == both
	filter.lets_through(concat(" ", ["{", _one[a], "||", _one[b], "}"]), _event) == either
}

test_what_is_open_keeps_nothing_else_from_deciding[open] if {
	some open in [
		_one.U, `$.user != "x"`, `$.user NOT EXISTS`, `$.eventName = %Stop.*%`, `$.size > 3`, `$.flag IS TRUE`, `$.a = "b" = "c"`,
		$"({_one.T} && {_one.U})", $"({_one.U} && {_one.T})", $"({_one.U} && {_one.U})",
		$"({_one.F} || {_one.U})", $"({_one.U} || {_one.F})", $"({_one.U} || {_one.U})",
	]
	filter.lets_through(concat(" ", ["{", open, "&&", _one.F, "}"]), _event) == "no"
	filter.lets_through(concat(" ", ["{", open, "||", _one.T, "}"]), _event) == "yes"
}

test_a_field_in_two_quoted_parts if {
	filter.lets_through(`{ $."user"."type" = "Root" }`, {"user.type": "Root"}) == "yes"
}

test_a_long_pattern if {
	many := [$`($.eventName = "{n}")` | some n in numbers.range(1, 100)]
	filter.lets_through(concat("", ["{", concat("||", many), "}"]), _event) == "no"
	filter.lets_through(concat("", ["{", concat("||", array.concat(many, [_one.T])), "}"]), _event) == "yes"
}

_one := {"T": `$.eventName = "StopLogging"`, "F": `$.eventName = "x"`, "U": `$.user = "x"`}

_event := {"eventName": "StopLogging", "eventSource": "cloudtrail.amazonaws.com", "errorCode": null}
