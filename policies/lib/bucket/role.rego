# SPDX-License-Identifier: Apache-2.0

package lib.bucket

import data.lib.like
import data.lib.resource
import data.lib.tag

# Roles whose objects are records or evidence: they carry a lock.
locked_roles := {"record", "audit", "replica", "inbox", "evidence"}

# Bucket address -> role: by tag, else by settings, else by what the plan does with the bucket, else "other". A role that
# asks for less than what the plan does with the bucket does not count.
roles[address] := _role(address) if some address in existing

# Addresses of the buckets that play one of the given roles.
of_roles(wanted) := {address | some role in wanted; some address in object.get(_by_role, role, set())}

# Buckets that neither a tag nor the settings nor the plan says anything of: taken for no holder of records.
unclassified contains address if {
	some address, "other" in roles
	not _declared(address)
}

_by_role[role] contains address if some address, role in roles

# A role tag that is not known, or names no role, says that the bucket matters but not how: judged as the strictest.
_role(address) := role if {
	role := _declared(address)
	_believed(role, address)
} else := _former(address) if {
	_former(address) in locked_roles
} else := "replica" if {
	_replication_destinations[address]
} else := "audit" if {
	_trail_destinations[address]
} else := "record" if {
	_declared(address) == "replica"
} else := "record" if {
	_locked_or_replicated(address)
} else := "access-log" if {
	_logging_targets[address]
} else := "other"

_declared(address) := role if {
	role := tag.read(input.resources[address], "BucketRole").value
	role in _names
} else := "record" if {
	tag.read(input.resources[address], "BucketRole").status != "not_set"
} else := mapped(address).role

# Beside "record", which is also what any other name stands for.
_names := {"audit", "replica", "inbox", "access-log", "results", "evidence", "other"}

# Roles that ask for no lock, or for one of some days and no replica.
_lenient_roles := {"inbox", "access-log", "results", "other"}

# A replica is judged without a replica of its own: something must be copied to it.
_believed(role, address) if {
	not role in (_lenient_roles | {"replica"})
} else if {
	role == "replica"
	_copied_to(address)
} else if {
	role in _lenient_roles
	not _holds_records(address)
	not _held_records(address)
}

_held_records(address) if _former(address) in (locked_roles - {"inbox"})

# The role that the bucket had before this plan: its records are still there.
_former(address) := tag.former(input.resources[address], "BucketRole")

_copied_to(address) if _replication_destinations[address]

_copied_to(address) if mapped(address).role == "replica"

_holds_records(address) if {
	_replication_destinations[address]
} else if {
	_trail_destinations[address]
} else if {
	_has(address, "aws_s3_bucket_replication_configuration")
}

_locked_or_replicated(address) if {
	input.resources[address].values.object_lock_enabled == true
} else if {
	_has(address, "aws_s3_bucket_object_lock_configuration")
} else if {
	_has(address, "aws_s3_bucket_replication_configuration")
}

_has(address, type) if {
	attached[type][address]
} else if {
	perhaps_attached[type][address]
}

_replication_destinations contains bucket if {
	some address in resource.existing("aws_s3_bucket_replication_configuration")
	source := input.resources[address]
	some i, rule in source.values.rule
	some bucket in destinations(source, "rule.destination.bucket", object.get(rule, ["destination", 0, "bucket"], null))
}

_trail_destinations contains bucket if {
	some address in resource.existing("aws_cloudtrail")
	source := input.resources[address]
	some bucket in destinations(source, "s3_bucket_name", object.get(source.values, "s3_bucket_name", null))
}

_logging_targets contains bucket if {
	some address in resource.existing("aws_s3_bucket_logging")
	source := input.resources[address]
	some bucket in destinations(source, "target_bucket", object.get(source.values, "target_bucket", null))
}

# First entry of settings.buckets that matches, by address and by name; `*` stands for any text.
# The resource is read outside the comprehension: OPA 1.22 indexes comprehensions of functions by `input.resources[address]`,
# and then loses entries that were compared with `address` before.
mapped(address) := [entry |
	some entry in input.settings.buckets
	_matches(object.get(entry, "address", "*"), address)
	_matches(object.get(entry, "name", "*"), name)
][0] if {
	name := object.get(input.resources[address].values, "bucket", "")
}

_matches(wanted, text) if like.matches(wanted, text)
