# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Reading an attribute of a planned resource
# description: |-
#   A path is an array of segments as plan JSON has them: blocks are arrays, so the mode of a lock is
#   ["rule", 0, "default_retention", 0, "mode"]. A reading is {"status": "known", "value": …}, {"status": "unknown"}
#   (configured, and either not known until apply or sensitive) or {"status": "not_set"} (absent or null, judged as absent).
package lib.attribute

read(resource, path) := {"status": "unknown", "sensitive": true} if {
	some hidden in resource.sensitive
	_overlap(hidden, path)
} else := {"status": "unknown"} if {
	some unknown in resource.unknown
	_overlap(unknown, path)
} else := {"status": "known", "value": value} if {
	value := object.get(resource.values, path, null)
	value != null
} else := {"status": "not_set"}

# Indexes of the blocks at a path; empty when there is none. Ask `blocks_unknown` too.
blocks(resource, path) := [i | some i, _ in object.get(resource.values, path, [])]

# True when the number of blocks, or a whole block, is not known: nothing can then be said of what they hold.
blocks_unknown(resource, path) if {
	some unknown in resource.unknown
	count(unknown) <= count(path) + 1
	_overlap(unknown, path)
}

is_value(reading, value) if {
	reading.status == "known"
	reading.value == value
}

# A known text with something in it: what can name a thing. A value of another type is no name.
is_text(reading) if {
	reading.status == "known"
	is_string(reading.value)
	trim(reading.value, " \t\r\n") != ""
}

# ["rule", 0, "default_retention", 0, "mode"] is named rule.default_retention.mode, as in METADATA and in Terraform's own docs.
dotted(path) := concat(".", [segment | some segment in path; is_string(segment)])

# The short text of a reading for the `actual` of an answer.
shown(reading) := "(sensitive)" if {
	reading.sensitive
} else := "known after apply" if {
	reading.status == "unknown"
} else := "not set" if {
	reading.status == "not_set"
} else := $"{reading.value}"

# One path lies within the other: an unknown block hides its leaves, and an unknown leaf makes a list not known as a whole.
_overlap(a, b) if {
	n := min([count(a), count(b)])
	array.slice(a, 0, n) == array.slice(b, 0, n)
}
