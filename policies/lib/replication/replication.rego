# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Replication rules of a bucket
# description: |-
#   Only rules for the whole bucket protect its records; a rule with a prefix, a tag or a filter that is not known is
#   none. It copies records all the same, so where copies go and how is judged for each rule that may be in force.
package lib.replication

import data.lib.attribute
import data.lib.bucket

configurations(address) := bucket.parts(address, _type)

# True when the plan does not say whether, or how, the bucket is replicated.
uncertain(address) if bucket.part_unknown(address, _type)

uncertain(address) if {
	some configuration in configurations(address)
	attribute.blocks_unknown(input.resources[configuration], ["rule"])
}

uncertain(address) if {
	some configuration in configurations(address)
	some i in attribute.blocks(input.resources[configuration], ["rule"])
	_filter_unknown(input.resources[configuration], i)
}

# Rules for the whole bucket: [{"address": configuration, "index": place in it}].
rules(address) := [{"address": configuration, "index": i} |
	some configuration in configurations(address)
	some i, rule in input.resources[configuration].values.rule
	_whole(rule)
	not _filter_unknown(input.resources[configuration], i)
]

# Rules whose copies are judged: those for the whole bucket, and those for a part of it unless surely off.
copying(address) := [{"address": configuration, "index": i} |
	some configuration in configurations(address)
	some i, rule in input.resources[configuration].values.rule
	_copies(input.resources[configuration], i, rule)
]

# Buckets of the plan that a rule copies to. With several rules only a literal ARN tells which goes where.
destinations(rule) := bucket.destinations(configuration, "rule.destination.bucket", value) if {
	configuration := input.resources[rule.address]
	value := object.get(configuration.values, ["rule", rule.index, "destination", 0, "bucket"], null)
	_tells(configuration, value)
} else := set()

_tells(_, value) if is_string(value)

_tells(configuration, _) if count(configuration.values.rule) == 1

_copies(_, _, rule) if _whole(rule)

_copies(configuration, i, _) if not attribute.is_value(attribute.read(configuration, ["rule", i, "status"]), "Disabled")

_whole(rule) if {
	object.get(rule, "prefix", null) in {null, ""}
	every filter in _filters(rule) {
		_empty(filter)
	}
}

_filters(rule) := filters if {
	filters := rule.filter
	is_array(filters)
} else := []

_empty(null)

_empty(filter) if {
	object.get(filter, "prefix", null) in {null, ""}
	object.get(filter, "tag", null) in {null, []}
	object.get(filter, "and", null) in {null, []}
}

_filter_unknown(configuration, i) if attribute.read(configuration, ["rule", i, "filter"]).status == "unknown"

_filter_unknown(configuration, i) if attribute.read(configuration, ["rule", i, "prefix"]).status == "unknown"

_type := "aws_s3_bucket_replication_configuration"
