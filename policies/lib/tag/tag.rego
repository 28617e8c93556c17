# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Tags as AWS will see them
# description: A tag of the resource wins over the provider's default_tags. A control that reads tags lists `tags` and `tags_all`.
package lib.tag

import data.lib.attribute

read(resource, key) := own if {
	own := attribute.read(resource, ["tags", key])
	own.status != "not_set"
} else := merged if {
	merged := attribute.read(resource, ["tags_all", key])
	merged.status != "not_set"
} else := {"status": "known", "value": value} if {
	value := input.providers[resource.provider].defaultTags[key]
} else := {"status": "not_set"}

# What the tag was before this plan; undefined where there was none.
former(resource, key) := read({"values": resource.before}, key).value
