# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: The one shape of an answer
# description: |-
#   Every control answers for each subject with {address, attribute, status, expected, actual}. A pass is a positive
#   match on a known value; what is not known never passes. `attribute` is the dotted path without indexes.
package lib.answer

import data.lib.attribute

passed(address, name, expected, actual) := _answer(address, name, "pass", expected, actual)

failed(address, name, expected, actual) := _answer(address, name, "fail", expected, actual)

unknown(address, name, expected, actual) := _answer(address, name, "unknown", expected, actual)

# A reading must be exactly the expected value.
exact(address, name, reading, expected) := of(address, name, reading, matches, $"{expected}") if {
	matches := {value | value := reading.value; value == expected}
}

# A reading must be one of the expected values.
one_of(address, name, reading, expected) := of(address, name, reading, matches, concat(" or ", expected)) if {
	matches := {value | value := reading.value; value in expected}
}

# A reading must be a number that is not less than the minimum, in the unit named.
at_least(address, name, reading, minimum, unit) := of(address, name, reading, matches, $">= {minimum} {unit}") if {
	matches := {value | value := reading.value; is_number(value); value >= minimum}
}

# A reading must be a number above zero that is not more than the maximum; AWS reads zero as its own default.
at_most(address, name, reading, maximum, unit) := of(address, name, reading, matches, $"<= {maximum} {unit}") if {
	matches := {value | value := reading.value; is_number(value); value > 0; value <= maximum}
}

# A reading passes when it is known and some value matched; `matches` is a set, so that a test that is undefined cannot pass.
of(address, name, reading, matches, expected) := _answer(address, name, status, expected, attribute.shown(reading)) if {
	status := _status(reading, count(matches))
}

# A reading must be known, whatever it is.
any_value(address, name, reading, expected) := of(address, name, reading, {reading.status}, expected)

# A finding graver than its control says so itself.
with_severity(base, severity) := object.union(base, {"severity": severity})

_status(reading, matched) := "unknown" if {
	reading.status == "unknown"
} else := "pass" if {
	reading.status == "known"
	matched > 0
} else := "fail"

_answer(address, name, status, expected, actual) := {
	"address": address,
	"attribute": name,
	"status": status,
	"expected": expected,
	"actual": actual,
}

# Three names at most: of hundreds, each answer would repeat them all.
few(names) := concat(", ", sorted) if {
	sorted := sort(names)
	count(sorted) < 4
} else := $"{concat(", ", array.slice(sort(names), 0, 3))} and {count(names) - 3} more"
