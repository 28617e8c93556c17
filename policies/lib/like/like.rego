# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Texts with wildcards
# description: |-
#   IAM's wildcards: * is any run of characters, ? is one. By hand and not by glob.match or regex.match: OPA's wasm keeps 100
#   compiled patterns and then frees one that may be in use (regex.cc, reuse), so a plan with more patterns breaks the engine.
package lib.like

matches(pattern, text) if {
	_alike(pattern, text)
} else if {
	runs := split(pattern, "*")
	last := count(runs) - 1
	last > 0
	opening := count(runs[0])
	closing := count(text) - count(runs[last])
	closing >= opening
	_alike(runs[0], substring(text, 0, opening))
	_alike(runs[last], substring(text, closing, -1))
	_in_order([run | some run in array.slice(runs, 1, last); run != ""], substring(text, opening, closing - opening))
}

_in_order([], _)

_in_order([run], text) if count(_ends(run, text)) > 0

# A node [n, end] is a way to place the first n runs, the last of which ends there.
_in_order(runs, text) if {
	count(runs) > 1
	ends := [_ends(run, text) | some run in runs]
	ways := {[n, end]: next |
		some n in numbers.range(0, count(runs))
		some end in _ends_before(ends, n)
		next := {[n + 1, further] | some further in ends[n]; further - count(runs[n]) >= end}
	}
	some node in graph.reachable(ways, {[0, 0]})
	node[0] == count(runs)
}

_ends_before(_, 0) := {0}

_ends_before(ends, n) := ends[n - 1] if n > 0

# Where the run may end inside the text.
_ends(run, text) := {end |
	some start in numbers.range(0, count(text) - count(run))
	end := start + count(run)
	_alike(run, substring(text, start, count(run)))
} if {
	count(text) >= count(run)
} else := set()

_alike(pattern, text) if {
	pattern == text
} else if {
	contains(pattern, "?")
	count(pattern) == count(text)
	every i in numbers.range(0, count(pattern) - 1) {
		substring(pattern, i, 1) in {"?", substring(text, i, 1)}
	}
}
