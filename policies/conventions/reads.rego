# SPDX-License-Identifier: Apache-2.0

package conventions

# What a control reads of resources, found in its syntax tree: paths ["rule", 0, "mode"], paths of one segment handed
# to a reading function, and direct `….values.name`. A pattern matches listed paths with a dot behind each segment.
_reads[file] contains {"shown": concat(".", segments), "pattern": _pattern(path)} if {
	some file, paths in _paths
	some path in paths
	segments := [segment.value | some segment in path; segment.type == "string"]
}

_reads[file] contains {"shown": name, "pattern": $`^{name}\.`} if {
	some file, module in input.modules
	walk(module.rules, [_, term])
	term.type == "ref"
	some i, segment in term.value
	segment == {"type": "string", "value": "values"}
	term.value[i + 1].type == "string"
	name := term.value[i + 1].value
}

_paths[file] contains term.value if {
	some file, module in input.modules
	walk(module.rules, [_, term])
	term.type == "array"
	term.value[0].type == "string"
	term.value[1].type != "string"
}

_paths[file] contains argument.value if {
	some file, module in input.modules
	walk(module.rules, [_, terms])
	_is_reading(terms[0])
	some argument in terms
	argument.type == "array"
	argument.value[0].type == "string"
}

_is_reading(callee) if {
	callee.type == "ref"
	[callee.value[0].value, callee.value[1].value] in {
		["attribute", "blocks"],
		["attribute", "blocks_unknown"],
		["attribute", "read"],
		["bucket", "readings"],
	}
}

# Numbers are places in a list of blocks; what a variable holds is not known here, so it may be a place or a name.
_pattern(path) := concat("", array.concat(["^"], [_step(segment) | some segment in path]))

_step(segment) := $`{segment.value}\.` if segment.type == "string"

_step(segment) := "" if segment.type == "number"

_step(segment) := `([a-z0-9_]+\.)?` if not segment.type in {"string", "number"}

_is_listed(attributes, pattern) if {
	some entry in attributes
	regex.match(pattern, $"{entry.path}.")
}
