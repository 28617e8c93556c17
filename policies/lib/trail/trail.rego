# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Trails and what they record
# description: |-
#   S3 data events of a bucket fall into four parts: reads, writes other than PutObject, PutObject by people and roles,
#   PutObject by AWS services acting for themselves (these carry no userIdentity.arn). A selector records some parts; the
#   selectors of all trails that log in the bucket's region add up.
#   Source: CloudTrail API reference, AdvancedFieldSelector and DataResource.
# scope: package
package lib.trail

import data.lib.attribute
import data.lib.bucket
import data.lib.resource

existing := resource.existing("aws_cloudtrail")

every_part := {"reads", "other writes", "puts by people", "puts by services"}

# Buckets that a trail delivers to.
destinations[trail] := buckets if {
	some trail in existing
	of := input.resources[trail]
	buckets := bucket.destinations(of, "s3_bucket_name", object.get(of.values, "s3_bucket_name", null))
}

# Trails that deliver to a bucket.
delivering_to(address) := object.get(_delivering, address, set())

_delivering[address] contains trail if {
	some trail, buckets in destinations
	some address in buckets
}

logging := {trail |
	some trail in existing
	attribute.is_value(attribute.read(input.resources[trail], ["enable_logging"]), true)
}

# Parts of a bucket's data events that some trail records.
recorded(address) := {part |
	some found in _selecting(address)
	_in_region(found[0], address)
	some part in _parts(found, address)
}

# Some trail has selectors that are not known, and that no reference to a bucket explains.
undecided if {
	some trail in logging
	some path in input.resources[trail].unknown
	path[0] in {"advanced_event_selector", "event_selector"}
	count(_referred_buckets(trail, attribute.dotted(path))) == 0
}

_in_region(trail, _) if input.resources[trail].values.is_multi_region_trail == true

_in_region(trail, address) if input.resources[trail].region == input.resources[address].region

_referred_buckets(trail, name) := {address |
	some address in resource.referred(input.resources[trail], name)
	input.resources[address].type == "aws_s3_bucket"
}

# ---- management events ----------------------------------------------------------------------------------------------

# A trail without selectors records all management events; with selectors, those that they ask for.
management(trail) := {"status": "unknown"} if {
	some block in ["advanced_event_selector", "event_selector"]
	attribute.blocks_unknown(input.resources[trail], [block])
} else := {"status": "known", "value": "all"} if {
	_records_management(trail)
} else := {"status": "known", "value": "not all"}

_records_management(trail) if {
	count(_selectors(trail, "advanced_event_selector")) + count(_selectors(trail, "event_selector")) == 0
}

_records_management(trail) if {
	some selector in _selectors(trail, "advanced_event_selector")
	_says(selector, "eventCategory", "Management")
	count(selector.field_selector) == 1
	_operators(selector.field_selector[0]) == {"equals"}
}

_records_management(trail) if {
	some selector in _selectors(trail, "event_selector")
	object.get(selector, "include_management_events", true) == true
	object.get(selector, "read_write_type", "All") == "All"
	count(_list(selector, "exclude_management_event_sources")) == 0
}

_selectors(trail, block) := object.get(input.resources[trail].values, block, [])
