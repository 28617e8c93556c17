# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Buckets and the split resources that configure them
# description: |-
#   A lock, versioning, replication, ... is joined to its bucket by the literal name where one is known, else by
#   reference. Every expensive result is a rule without arguments, which wasm computes once.
package lib.bucket

import data.lib.attribute
import data.lib.resource

# Addresses of the buckets that exist after the apply.
existing := resource.existing("aws_s3_bucket")

# Literal bucket name -> addresses.
by_name[name] contains address if {
	some address in existing
	name := input.resources[address].values.bucket
	is_string(name)
}

# type -> bucket address -> addresses of the resources of that type that surely configure it.
attached[part.type][owner] contains part.address if {
	some part in _parts
	some owner in part.owners
}

# The same where the instance cannot be told: enough for "unknown", never for a pass.
perhaps_attached[part.type][owner] contains part.address if {
	some part in _homeless
	some owner in resource.possibly_referred(input.resources[part.address], "bucket")
}

# A resource of a split type whose bucket cannot be told at all: it may configure any.
unresolved[part.type] contains part.address if {
	some part in _homeless
	attribute.read(input.resources[part.address], ["bucket"]).status == "unknown"
	count(_buckets_named(input.resources[part.address])) == 0
}

parts(address, type) := found if {
	found := attached[type][address]
} else := set()

# Readings of one attribute of a split resource, by the address where it stands; the bucket's own address when there is
# none, and beside the others when a further one may configure the bucket too.
readings(address, type, path) := object.union(
	{part: attribute.read(input.resources[part], path) | some part in parts(address, type)},
	missing(address, type),
)

# What the bucket's own address says about parts that are not there for sure; empty when all are.
missing(address, type) := {address: {"status": "unknown"}} if {
	part_unknown(address, type)
} else := {address: {"status": "not_set"}} if {
	count(parts(address, type)) == 0
} else := {}

# True when the bucket may well have such a part, or a further one, but the plan does not say so for sure. The last one
# applied wins over the part that is known, unless a bucket may have several.
part_unknown(address, type) if {
	_perhaps(address, type)
	not _adds(address, type)
}

# Buckets that an attribute holding a bucket ARN or name leads to; a literal tells for sure, a reference only without one.
destinations(source, name, value) := object.get(by_name, _name_of(value), set()) if {
	is_string(value)
} else := {address |
	some address in resource.referred(source, name)
	_is_bucket(address)
}

_perhaps(address, type) if {
	perhaps_attached[type][address]
} else if {
	unresolved[type]
}

_adds(address, type) if {
	type in _additive_types
	attached[type][address]
}

# Every part with the buckets that it surely configures. Sets are asked by key: `in` walks them in wasm.
_parts := [{"type": type, "address": address, "owners": owners} |
	some type in _types
	some address in resource.existing(type)
	owners := _owners(input.resources[address])
]

_homeless := [part | some part in _parts; count(part.owners) == 0]

_owners(part) := {address |
	some address in destinations(part, "bucket", object.get(part.values, "bucket", null))
	_exists[address]
}

_exists contains address if some address in existing

# Buckets in the references of a part, data sources and deleted ones included.
_buckets_named(part) := {reference.address |
	some reference in object.get(part.refs, "bucket", [])
	_is_bucket(reference.address)
}

_is_bucket(address) if input.resources[address].type == "aws_s3_bucket"

# arn:aws:s3:::name -> name; a plain name stays.
_name_of(value) := segments[count(segments) - 1] if segments := split(value, ":::")

# Types of which a bucket may have several: a further one takes nothing away.
_additive_types := {"aws_s3_bucket_inventory"}

_types := [
	"aws_s3_bucket_inventory",
	"aws_s3_bucket_lifecycle_configuration",
	"aws_s3_bucket_logging",
	"aws_s3_bucket_notification",
	"aws_s3_bucket_object_lock_configuration",
	"aws_s3_bucket_ownership_controls",
	"aws_s3_bucket_policy",
	"aws_s3_bucket_public_access_block",
	"aws_s3_bucket_replication_configuration",
	"aws_s3_bucket_server_side_encryption_configuration",
	"aws_s3_bucket_versioning",
]
