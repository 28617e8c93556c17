# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Tables that hold the ledger, signatures, vendors or deliveries
# description: |-
#   A table is a ledger, a signature store, or a table of vendors or deliveries by its tag Part11Role: no relation of a plan
#   tells what its items are. A tag that is not known, or names no role, may mean any.
# scope: package
package lib.table

import data.lib.resource
import data.lib.statement
import data.lib.tag

# Addresses of the tables that are, or may be, of a role: "ledger", "signature", "identity-provider" (vendors) or "deliveries".
of_role(role) := object.get(_by_role, role, set())

_by_role[role] contains address if {
	some address in resource.existing("aws_dynamodb_table")
	some role in ["ledger", "signature", "identity-provider", "deliveries"]
	tag.may_have_part11_role(input.resources[address], role)
}

# Who may send what: rows that deployments write and nothing else.
directories := of_role("identity-provider") | of_role("deliveries")

# Those of some tables that a statement of an identity policy surely holds for; one that is partial may hold for more.
touched(said, tables) := tables if {
	_broad(said)
} else := ({table | some table in said.refs; tables[table]} | _like(said, tables)) | _unnamed_by(said, tables)

# The statement holds for the table as a whole, and not for an index or a stream of it alone.
covers(said, table) if {
	"*" in said.resources
} else if {
	table in said.refs
	some pattern in said.resources
	_exactly(pattern, table)
}

_broad(said) if {
	count(said.notResources) > 0
} else if {
	some pattern in said.resources
	_any_table(pattern)
}

# `*`, `arn:*`, `arn:aws:dynamodb:*`: text in which no table is named.
_any_table(pattern) if {
	statement.wildcard(pattern)
	not contains(pattern, ":table/")
	segments := split(pattern, ":")
	_of_dynamodb(segments)
}

_of_dynamodb(segments) if {
	count(segments) < 3
} else if {
	segments[2] == "dynamodb"
} else if {
	statement.wildcard(segments[2])
}

# A literal name is among the references: tables are gone through for wildcards alone.
_like(said, tables) := {table |
	some pattern in said.resources
	statement.wildcard(pattern)
	text := split(pattern, ":table/")[1]
	some table in tables
	statement.text_covers(text, input.resources[table].values.name)
}

# A name not known may be any but that of another table.
_unnamed_by(said, tables) := {table |
	some table in _unnamed
	tables[table]
	some pattern in said.resources
	name := split(split(pattern, ":table/")[1], "/")[0]
	not _names[name]
}

_unnamed contains address if {
	some address in resource.existing("aws_dynamodb_table")
	not is_string(object.get(input.resources[address].values, "name", null))
}

_names contains name if {
	some table in resource.existing("aws_dynamodb_table")
	name := input.resources[table].values.name
}

_exactly(pattern, table) if {
	pattern == concat("", ["${", statement.local_address(table), ".arn}"])
} else if {
	split(pattern, ":table/")[1] == input.resources[table].values.name
}

# Buckets that are, or may be, a store of signatures, by the same tag.
signature_buckets := {address |
	some address in resource.existing("aws_s3_bucket")
	tag.may_have_part11_role(input.resources[address], "signature")
}
