# SPDX-License-Identifier: Apache-2.0

package lib.trail

import data.lib.attribute

# ---- which selectors speak of a bucket ------------------------------------------------------------------------------

# Selectors, as [trail, block, index], found by the bucket's name or by reference: not every selector for every bucket.
_selecting(address) := object.get(_by_reference, address, set()) | {found |
	is_string(input.resources[address].values.bucket)
	objects := $"{input.resources[address].values.bucket}/"
	some found in (object.get(_by_prefix, objects, set()) | _by_loose_prefix(objects))
}

# Prefixes that do not end a bucket's name: of several buckets, or of all.
_by_loose_prefix(objects) := {found |
	some prefix, selectors in _loose
	startswith(objects, prefix)
	some found in selectors
}

_loose := {prefix: selectors | some prefix, selectors in _by_prefix; not endswith(prefix, "/")}

# Text behind ":s3:::" -> selectors.
_by_prefix[prefix] contains [trail, "advanced_event_selector", i] if {
	some trail in logging
	some i, selector in _selectors(trail, "advanced_event_selector")
	_asks_for_objects(selector)
	some prefix in _prefixes(selector)
}

_by_prefix[prefix] contains [trail, "event_selector", i] if {
	some trail in logging
	some i, selector in _selectors(trail, "event_selector")
	some source in _object_sources(selector)
	some text in _list(source, "values")
	prefix := _behind(text)
}

_by_reference[address] contains [trail, "advanced_event_selector", i] if {
	some trail in logging
	some i, selector in _selectors(trail, "advanced_event_selector")
	_asks_for_objects(selector)
	some j, field in selector.field_selector
	field.field == "resources.ARN"
	attribute.read(input.resources[trail], ["advanced_event_selector", i, "field_selector", j, "starts_with"]).status == "unknown"
	some address in _referred_buckets(trail, "advanced_event_selector.field_selector.starts_with")
}

_by_reference[address] contains [trail, "event_selector", i] if {
	some trail in logging
	some i, selector in _selectors(trail, "event_selector")
	some source in _object_sources(selector)
	count(_list(source, "values")) == 0
	some address in _referred_buckets(trail, "event_selector.data_resource.values")
}

_asks_for_objects(selector) if {
	_says(selector, "eventCategory", "Data")
	_says(selector, "resources.type", "AWS::S3::Object")
	every field in selector.field_selector {
		field.field in _understood
	}
}

_understood := {"eventCategory", "resources.type", "resources.ARN", "readOnly", "eventName", "userIdentity.arn"}

# No ARN asked for means every bucket.
_prefixes(selector) := {""} if {
	every field in selector.field_selector {
		not _only_begins(object.union(field, {"operators": _operators(field)}))
	}
} else := {prefix |
	some field in selector.field_selector
	field.field == "resources.ARN"
	some text in _list(field, "starts_with")
	prefix := _behind(text)
}

_behind(text) := parts[1] if {
	parts := split(text, ":s3:::")
	count(parts) == 2
} else := "" if {
	text in {"arn:aws:s3", "arn:aws-cn:s3", "arn:aws-us-gov:s3"}
}

_object_sources(selector) := [source |
	some source in object.get(selector, "data_resource", [])
	source.type == "AWS::S3::Object"
]

_says(selector, name, value) if {
	some field in selector.field_selector
	field.field == name
	value in field.equals
}

_list(field, operator) := values if {
	values := field[operator]
	is_array(values)
} else := []

_operators(field) := {operator |
	some operator in ["equals", "not_equals", "starts_with", "not_starts_with", "ends_with", "not_ends_with"]
	count(_list(field, operator)) > 0
}

# ---- what a selector records of it ----------------------------------------------------------------------------------

_parts([trail, "event_selector", i], _) := parts if {
	selector := input.resources[trail].values.event_selector[i]
	parts := object.get(_classic_kinds, object.get(selector, "read_write_type", "All"), set())
}

_parts([trail, "advanced_event_selector", i], address) := {part |
	fields := _fields[trail][i]
	some part in every_part
	every field in fields {
		_lets_through(field, part, address)
	}
}

# Fields of each selector whose operators are all known or need not be, each with the operators that it uses: found once,
# for a selector may speak of many buckets.
_fields[trail][i] := fields if {
	some trail in logging
	some i, selector in _selectors(trail, "advanced_event_selector")
	not _narrowing_unknown(trail, i)
	fields := [object.union(field, {"operators": _operators(field)}) | some field in selector.field_selector]
}

# An operator that is configured and not known may cut anything out; only the beginning of an ARN is known by reference.
_narrowing_unknown(trail, i) if {
	some path in input.resources[trail].unknown
	array.slice(path, 0, 3) == ["advanced_event_selector", i, "field_selector"]
	path[4] != "starts_with"
}

_classic_kinds := {"All": every_part, "ReadOnly": {"reads"}, "WriteOnly": every_part - {"reads"}}

_only_begins(field) if {
	field.field == "resources.ARN"
	count(field.operators - {"starts_with"}) == 0
}

# Every field of a selector, and every operator of a field, has to hold: an operator beside the one that is understood
# (`ends_with`, `not_starts_with` …) cuts events out.
_lets_through(field, _, _) if {
	field.field == "eventCategory"
	field.operators == {"equals"}
	"Data" in field.equals
}

_lets_through(field, _, _) if {
	field.field == "resources.type"
	field.operators == {"equals"}
	"AWS::S3::Object" in field.equals
}

_lets_through(field, _, address) if {
	_only_begins(field)
	some text in _list(field, "starts_with")
	startswith(concat("", [input.resources[address].values.bucket, "/"]), _behind(text))
}

# Texts that are not known: the reference that found the selector tells the bucket.
_lets_through(field, _, _) if {
	_only_begins(field)
	known := [text | some text in _list(field, "starts_with"); text != null]
	count(known) < max([1, count(_list(field, "starts_with"))])
}

_lets_through(field, part, address) if {
	field.field == "resources.ARN"
	field.operators == {"not_starts_with"}
	part == "puts by people"
	every prefix in _list(field, "not_starts_with") {
		_own_logs(prefix, address)
	}
}

_lets_through(field, part, _) if {
	field.field == "readOnly"
	field.operators == {"equals"}
	field.equals == ["true"]
	part == "reads"
}

_lets_through(field, part, _) if {
	field.field == "readOnly"
	field.operators == {"equals"}
	field.equals == ["false"]
	part != "reads"
}

_lets_through(field, part, _) if {
	field.field == "eventName"
	field.operators == {"not_equals"}
	_list(field, "not_equals") == ["PutObject"]
	part in {"reads", "other writes"}
}

_lets_through(field, part, _) if {
	field.field == "eventName"
	field.operators == {"equals"}
	"PutObject" in _list(field, "equals")
	part in {"puts by people", "puts by services"}
}

# People and roles have an ARN; an AWS service acting for itself has none.
_lets_through(field, part, _) if {
	field.field == "userIdentity.arn"
	field.operators == {"starts_with"}
	some prefix in _list(field, "starts_with")
	prefix in {"arn:", "arn:aws:", "arn:aws-cn:", "arn:aws-us-gov:"}
	part == "puts by people"
}

# Only the log services may write below AWSLogs/ (P11-10e-07), so that nobody's PutObject is missed there.
_own_logs(prefix, address) if {
	parts := split(prefix, ":s3:::")
	startswith(parts[1], $"{input.resources[address].values.bucket}/")
	contains(parts[1], "AWSLogs/")
}
