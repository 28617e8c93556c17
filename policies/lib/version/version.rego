# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Which version of an S3 object an attribute names
# description: |-
#   A key alone names whatever stands there when it is read. The version of an object that the same plan puts is not
#   known before the apply, but its reference is decisive.
package lib.version

import data.lib.attribute
import data.lib.resource

# {"status": "pass" | "fail" | "unknown", "actual": short text}
pinned(of, name) := {"status": "fail", "actual": attribute.shown(reading)} if {
	reading := attribute.read(of, [name])
	_names_none(reading)
} else := {"status": "pass", "actual": reading.value} if {
	reading := attribute.read(of, [name])
	reading.status == "known"
} else := {"status": "pass", "actual": $"version_id of {concat(", ", sort(objects))}"} if {
	objects := _objects(of, name)
	count(objects) > 0
} else := {"status": "unknown", "actual": attribute.shown(attribute.read(of, [name]))}

_names_none(reading) if reading.status == "not_set"

_names_none(reading) if {
	reading.status == "known"
	not attribute.is_text(reading)
}

# S3 calls the one version of an unversioned bucket "null": it is overwritten in place.
_names_none(reading) if reading.value == "null"

_objects(of, name) := {reference.address |
	some reference in object.get(of.refs, name, [])
	not reference.ambiguous
	reference.attribute == "version_id"
	input.resources[reference.address].type in {"aws_s3_object", "aws_s3_object_copy"}
	resource.exists(input.resources[reference.address])
}
