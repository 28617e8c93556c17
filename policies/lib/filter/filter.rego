# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: What a metric filter makes of an event
# description: |-
#   A pattern for JSON is read as a condition on the fields of an event, of which some are known: {"eventName": "StopLogging",
#   "errorCode": null}, null for a field that is not there. What is known decides; other fields, regular expressions and
#   comparisons of numbers leave it open. Source: CloudWatch Logs user guide, Filter pattern syntax for JSON log events
#   (`&&` goes before `||`, * stands for any text).
package lib.filter

import data.lib.like

# Whether a pattern lets an event through: "yes", "no" or "unknown".
lets_through(pattern, fields) := _says[_settled(_structure(pattern, fields))] if {
	_readable(pattern)
} else := "unknown"

_says := {"T": "yes", "F": "no"}

_readable(pattern) if {
	startswith(trim_space(pattern), "{")
	endswith(trim_space(pattern), "}")
	every odd in [`\`, "\n", "\t", "#"] {
		not contains(pattern, odd)
	}
	count(split(pattern, `"`)) % 2 == 1
}

# The pattern with a letter for each comparison, T, F or U. Every operation gets parentheses of its own, && nearer than ||, so
# that it does not matter which is done first.
_structure(pattern, fields) := concat("", array.concat(array.concat(["(("], letters), ["))"])) if {
	texts := split(trim_suffix(trim_prefix(trim_space(pattern), "{"), "}"), `"`)
	letters := [letter |
		some token in split(_marked(concat("", [_outside(i, text) | some i, text in texts])), "\n")
		token != ""
		letter := object.get(_operators, token, _compared(token, texts, fields))
	]
}

_operators := {"(": "(((", ")": ")))", "&&": ")&(", "||": "))|(("}

# Quoted texts are left out of the structure: each becomes its number.
_outside(i, text) := replace(text, " ", "") if i % 2 == 0

_outside(i, _) := $"#{i}#" if i % 2 == 1

_marked(text) := strings.replace_n({"(": "\n(\n", ")": "\n)\n", "&&": "\n&&\n", "||": "\n||\n"}, text)

_compared(token, texts, fields) := _unequal(_equal(_quoted(sides[0], texts), _quoted(sides[1], texts), fields)) if {
	sides := split(token, "!=")
	count(sides) == 2
} else := "U" if {
	regex.match(`[<>]`, token)
} else := _equal(_quoted(sides[0], texts), _quoted(sides[1], texts), fields) if {
	sides := split(token, "=")
	count(sides) == 2
} else := _absent(_quoted(trim_suffix(token, "NOTEXISTS"), texts), fields) if {
	endswith(token, "NOTEXISTS")
} else := "U"

# `$."activity-type"` is the field activity-type.
_quoted(side, texts) := concat("", [part | some i, piece in split(side, "#"); part := _piece(i, piece, texts)])

_piece(i, piece, _) := piece if i % 2 == 0

_piece(i, piece, texts) := texts[to_number(piece)] if i % 2 == 1

_equal(selector, wanted, fields) := "U" if {
	not _known(selector, fields)
} else := "U" if {
	startswith(wanted, "%")
} else := "F" if {
	fields[_field(selector)] == null
} else := "T" if {
	like.matches(wanted, fields[_field(selector)])
} else := "F"

_unequal(letter) := {"T": "F", "F": "T", "U": "U"}[letter]

_absent(selector, fields) := "U" if {
	not _known(selector, fields)
} else := "T" if {
	fields[_field(selector)] == null
} else := "F"

_known(selector, fields) if {
	some name, _ in fields
	name == _field(selector)
}

_field(selector) := trim_prefix(selector, "$.")

# Rego has no loops: sixty-four steps, each of which halves a chain or takes away a pair of parentheses.
_settled(text) := _reduced_16(_reduced_16(_reduced_16(_reduced_16(text))))

_reduced_16(text) := text if {
	count(text) == 1
} else := _reduced_4(_reduced_4(_reduced_4(_reduced_4(text))))

_reduced_4(text) := text if {
	count(text) == 1
} else := _reduced(_reduced(_reduced(_reduced(text))))

_reduced(text) := strings.replace_n(_steps, text)

_steps := {
	"(T)": "T",
	"(F)": "F",
	"(U)": "U",
	"T&T": "T",
	"T&F": "F",
	"T&U": "U",
	"F&T": "F",
	"F&F": "F",
	"F&U": "F",
	"U&T": "U",
	"U&F": "F",
	"U&U": "U",
	"T|T": "T",
	"T|F": "T",
	"T|U": "T",
	"F|T": "T",
	"F|F": "F",
	"F|U": "U",
	"U|T": "T",
	"U|F": "U",
	"U|U": "U",
}
