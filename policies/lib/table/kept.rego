# SPDX-License-Identifier: Apache-2.0

package lib.table

import data.lib.attribute
import data.lib.bucket
import data.lib.resource
import data.lib.statement
import data.lib.tag

# How long what a table holds is out of everybody's reach: {"status": "pass" | "unknown" | "fail", "actual": short text}.
# Point-in-time recovery ends after 35 days, so it is a backup plan into a locked vault, or a locked bucket to which the
# rows are copied as well: one with the table's own role as its tag Part11Role.
kept(table, role) := {"status": "pass", "actual": concat(", ", sort(places))} if {
	places := {place | some ["pass", place] in _verdicts(table, role)}
	count(places) > 0
} else := {"status": "unknown", "actual": "known after apply"} if {
	some ["unknown", _] in _verdicts(table, role)
} else := {"status": "unknown", "actual": "record class not known"} if {
	not bucket.record_days(table)
} else := {"status": "fail", "actual": "in no locked vault or bucket for so long"}

_verdicts(table, role) := _in_vaults(table, days) | _in_buckets(role, days) if {
	days := bucket.record_days(table)
} else := set()

_in_buckets(role, days) := {[bucket.locked_for(address, days), address] | some address in object.get(_mirrors, role, set())}

_mirrors[role] contains address if {
	some address in bucket.existing
	some role in ["ledger", "signature"]
	tag.has_part11_role(input.resources[address], role)
}

_in_vaults(table, days) := {["unknown", selection] | some selection in _perhaps_selecting(table)} | {[status, vault] |
	some selection in _selecting(table)
	some plan in resource.referred(input.resources[selection], "plan_id")
	some i in attribute.blocks(input.resources[plan], ["rule"])
	some vault in _vaults(input.resources[plan], ["rule", i, "target_vault_name"])
	status := _weakest({_long_enough(input.resources[plan], i, days), _vault_locked([vault, input.resources[plan].region], days)})
}

# ---- which selections hold the table --------------------------------------------------------------------------------

_selecting(table) := ({selection |
	some selection in object.get(_naming, table, set())
} | {selection |
	some selection, patterns in _by_pattern
	some pattern in patterns
	_takes_in(pattern, table)
}) | {selection |
	some selection, labels in _by_label
	some [key, value] in labels
	attribute.is_value(tag.read(input.resources[table], key), value)
}

_perhaps_selecting(table) := ({selection |
	some selection in object.get(_perhaps_naming, table, set())
} | {selection |
	some selection in _selecting(table)
	count(resource.referred(input.resources[selection], "plan_id")) == 0
}) | _dark

_naming[table] contains selection if {
	some selection in _by_resource
	some table in resource.referred(input.resources[selection], "resources")
}

_perhaps_naming[table] contains selection if {
	some selection in _by_resource
	some table in resource.possibly_referred(input.resources[selection], "resources")
}

_by_resource contains selection if {
	some selection in _plain
	count(_labels(selection)) == 0
}

_by_pattern[selection] := patterns if {
	some selection in _by_resource
	patterns := {text |
		some text in object.get(input.resources[selection].values, "resources", [])
		statement.wildcard(text)
	}
}

_by_label[selection] := labels if {
	some selection in _plain
	attribute.read(input.resources[selection], ["resources"]).status == "not_set"
	labels := _labels(selection)
}

_labels(selection) := {[entry.key, entry.value] |
	some entry in object.get(input.resources[selection].values, "selection_tag", [])
	entry.type == "STRINGEQUALS"
}

# Selections that leave nothing out again.
_plain contains selection if {
	some selection in resource.existing("aws_backup_selection")
	_absent(selection, "not_resources")
	_absent(selection, "condition")
}

_absent(selection, name) if {
	reading := attribute.read(input.resources[selection], [name])
	reading.status != "unknown"
	count(object.get(reading, "value", [])) == 0
}

# What they hold is not known, and no reference tells.
_dark contains selection if {
	some selection in _plain
	attribute.read(input.resources[selection], ["resources"]).status == "unknown"
	count(object.get(input.resources[selection].refs, "resources", [])) == 0
}

_takes_in(pattern, table) if {
	pattern == "*"
} else if {
	segments := split(pattern, ":")
	segments[2] in {"dynamodb", "*"}
	segments[3] in {input.resources[table].region, "*"}
	statement.text_covers(split(pattern, ":table/")[1], input.resources[table].values.name)
}

# ---- what a vault keeps: "pass", "unknown", or undefined --------------------------------------------------------------

# A rule without delete_after keeps its recovery points for ever.
_long_enough(plan, i, days) := "pass" if {
	attribute.read(plan, ["rule", i, "lifecycle", 0, "delete_after"]).status == "not_set"
} else := _of(attribute.read(plan, ["rule", i, "lifecycle", 0, "delete_after"]), days)

_vault_locked(vault, days) := "pass" if {
	some lock in _locks[vault]
	_lock_status(input.resources[lock], days) == "pass"
} else := "unknown" if {
	some lock in _locks[vault]
	_lock_status(input.resources[lock], days) == "unknown"
}

# Without changeable_for_days the lock is in governance mode, which administrators take off again.
_lock_status(lock, days) := _weakest({
	_of(attribute.read(lock, ["min_retention_days"]), days),
	_of(attribute.read(lock, ["changeable_for_days"]), 3),
})

_locks[[vault, region]] contains lock if {
	some lock in resource.existing("aws_backup_vault_lock_configuration")
	region := input.resources[lock].region
	some vault in _vaults(input.resources[lock], ["backup_vault_name"])
}

# Names of vaults where they are known, else their addresses.
_vaults(of, path) := {attribute.read(of, path).value} if {
	attribute.read(of, path).status == "known"
} else := {_vault_name(address) | some address in resource.referred(of, attribute.dotted(path))}

_vault_name(address) := name if {
	name := attribute.read(input.resources[address], ["name"]).value
} else := address

_of(reading, minimum) := "unknown" if {
	reading.status == "unknown"
} else := "pass" if {
	reading.value >= minimum
}

_weakest(statuses) := "pass" if {
	statuses == {"pass"}
} else := "unknown" if {
	statuses.unknown
}
