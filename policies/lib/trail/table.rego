# SPDX-License-Identifier: Apache-2.0

package lib.trail

import data.lib.attribute
import data.lib.resource

# ---- data events of DynamoDB tables ---------------------------------------------------------------------------------

every_table_part := {"reads", "writes"}

# Parts of a table's data events that some trail records.
recorded_of_table(table) := {part |
	some [trail, block, i] in (object.get(_naming_table, table, set()) | _naming_no_table)
	_in_region(trail, table)
	_means_table(trail, block, i, table)
	some part in _table_parts(input.resources[trail].values[block][i])
}

# Some trail has selectors that are not known, and that no reference to a bucket or table explains.
tables_undecided if {
	some trail in logging
	some path in input.resources[trail].unknown
	path[0] in {"advanced_event_selector", "event_selector"}
	count(_referred_sources(trail, attribute.dotted(path))) == 0
}

_referred_sources(trail, name) := {address |
	some address in resource.referred(input.resources[trail], name)
	input.resources[address].type in {"aws_dynamodb_table", "aws_s3_bucket"}
}

_table_selectors contains [trail, "advanced_event_selector", i] if {
	some trail in logging
	some i, selector in _selectors(trail, "advanced_event_selector")
	_says(selector, "eventCategory", "Data")
	_says(selector, "resources.type", "AWS::DynamoDB::Table")
	not _narrowed_table_selector(trail, i, selector)
}

_table_selectors contains [trail, "event_selector", i] if {
	some trail in logging
	some i, selector in _selectors(trail, "event_selector")
	count(_table_sources(selector)) > 0
}

# Table -> selectors that name it, by reference or by ARN: not every selector for every table.
_naming_table[table] contains [trail, block, i] if {
	some [trail, block, i] in _table_selectors
	some name in _table_references[block]
	some table in resource.referred(input.resources[trail], name)
}

_naming_table[table] contains [trail, block, i] if {
	some [trail, block, i] in _table_selectors
	some text in _table_texts(trail, block, i)
	some table in object.get(_tables_by_name, split(text, ":table/")[1], set())
}

# Selectors for every table, or for all whose ARN begins somehow.
_naming_no_table contains [trail, block, i] if {
	some [trail, block, i] in _table_selectors
	selector := _selectors(trail, block)[i]
	selector.field_selector
	count([field | some field in selector.field_selector; field.field == "resources.ARN"]) == 0
}

_naming_no_table contains [trail, block, i] if {
	some [trail, block, i] in _table_selectors
	some field in object.get(_selectors(trail, block)[i], "field_selector", [])
	field.field == "resources.ARN"
	"starts_with" in _operators(field)
}

_naming_no_table contains [trail, block, i] if {
	some [trail, block, i] in _table_selectors
	some source in _table_sources(_selectors(trail, block)[i])
	some text in _list(source, "values")
	not contains(text, ":table/")
}

_table_texts(trail, block, i) := {text |
	some field in object.get(_selectors(trail, block)[i], "field_selector", [])
	field.field == "resources.ARN"
	some text in _list(field, "equals")
} | {text |
	some source in _table_sources(_selectors(trail, block)[i])
	some text in _list(source, "values")
}

_table_references := {
	"advanced_event_selector": ["advanced_event_selector.field_selector.equals", "advanced_event_selector.field_selector.starts_with"],
	"event_selector": ["event_selector.data_resource.values"],
}

_tables_by_name[name] contains table if {
	some table in resource.existing("aws_dynamodb_table")
	name := input.resources[table].values.name
	is_string(name)
}

# A field not understood, or one with an operator beside the one understood, cuts events out.
_narrowed_table_selector(_, _, selector) if {
	some field in selector.field_selector
	_operators(field) - object.get(_table_operators, field.field, set()) != set()
}

_narrowed_table_selector(_, _, selector) if {
	some field in selector.field_selector
	not _table_operators[field.field]
}

_narrowed_table_selector(trail, i, _) if {
	some path in input.resources[trail].unknown
	array.slice(path, 0, 3) == ["advanced_event_selector", i, "field_selector"]
	not path[4] in {"equals", "starts_with"}
}

_table_operators := {
	"eventCategory": {"equals"},
	"readOnly": {"equals"},
	"resources.ARN": {"equals", "starts_with"},
	"resources.type": {"equals"},
}

# Every field has to hold.
_means_table(trail, "advanced_event_selector", i, table) if {
	every j, field in input.resources[trail].values.advanced_event_selector[i].field_selector {
		_field_means_table(trail, ["advanced_event_selector", i, "field_selector", j], field, table)
	}
}

_means_table(trail, "event_selector", i, table) if {
	some source in _table_sources(input.resources[trail].values.event_selector[i])
	_source_means_table(trail, source, table)
}

_field_means_table(_, _, field, _) if field.field != "resources.ARN"

_field_means_table(_, _, field, table) if {
	field.field == "resources.ARN"
	_operators(field) == {"equals"}
	some text in field.equals
	_is_arn_of(text, table)
}

_field_means_table(_, _, field, table) if {
	field.field == "resources.ARN"
	_operators(field) == {"starts_with"}
	some text in field.starts_with
	_begins_arn_of(text, table)
}

# A text that is not known: the reference tells the table.
_field_means_table(trail, path, field, table) if {
	field.field == "resources.ARN"
	some operator in {"equals", "starts_with"}
	attribute.read(input.resources[trail], array.concat(path, [operator])).status == "unknown"
	count(_operators(field) - {operator}) == 0
	table in resource.referred(input.resources[trail], $"advanced_event_selector.field_selector.{operator}")
}

_source_means_table(trail, source, table) if {
	count(_list(source, "values")) == 0
	table in resource.referred(input.resources[trail], "event_selector.data_resource.values")
} else if {
	some text in _list(source, "values")
	text in {"arn:aws:dynamodb", "arn:aws-cn:dynamodb", "arn:aws-us-gov:dynamodb"}
} else if {
	some text in _list(source, "values")
	_is_arn_of(text, table)
}

_table_sources(selector) := [source |
	some source in object.get(selector, "data_resource", [])
	source.type == "AWS::DynamoDB::Table"
]

_is_arn_of(text, table) if {
	[head, name] := split(text, ":table/")
	split(head, ":")[3] == input.resources[table].region
	name == input.resources[table].values.name
}

_begins_arn_of(text, table) if {
	[head, beginning] := split(text, ":table/")
	split(head, ":")[3] == input.resources[table].region
	startswith(input.resources[table].values.name, beginning)
}

_begins_arn_of(text, table) if {
	some partition in ["aws", "aws-cn", "aws-us-gov"]
	startswith($"arn:{partition}:dynamodb:{input.resources[table].region}:", text)
}

_table_parts(selector) := {part |
	some part in every_table_part
	every field in selector.field_selector {
		_field_keeps(field, part)
	}
} if {
	selector.field_selector
} else := object.get(
	{"All": every_table_part, "ReadOnly": {"reads"}, "WriteOnly": {"writes"}},
	object.get(selector, "read_write_type", "All"),
	set(),
)

_field_keeps(field, part) if {
	field.field != "readOnly"
} else if {
	field.equals == ["true"]
	part == "reads"
} else if {
	field.equals == ["false"]
	part == "writes"
}
