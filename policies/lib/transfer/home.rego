# SPDX-License-Identifier: Apache-2.0

package lib.transfer

import data.lib.attribute

# What a user sees of the buckets: [{"entry", "target": reading of "bucket/prefix/"}]. A logical home has mappings; any other
# is one directory, seen as "/".
homes(user) := [{"entry": attribute.read(of, ["home_directory_mappings", i, "entry"]), "target": _place(user, target)} |
	some i in attribute.blocks(of, ["home_directory_mappings"])
	target := attribute.read(of, ["home_directory_mappings", i, "target"])
] if {
	of := input.resources[user]
	logical(user)
} else := [{"entry": {"status": "known", "value": "/"}, "target": _place(user, target)}] if {
	target := attribute.read(input.resources[user], ["home_directory"])
}

logical(user) if attribute.is_value(attribute.read(input.resources[user], ["home_directory_type"]), "LOGICAL")

# The service puts the user's name in place of its variable.
_place(user, target) := {"status": "known", "value": $"{trim(named, "/")}/"} if {
	name := object.get(input.resources[user].values, "user_name", "${transfer:UserName}")
	named := replace(replace(target.value, "${transfer:UserName}", name), "${Transfer:UserName}", name)
} else := {"status": "unknown"} if {
	target.status == "unknown"
} else := {"status": "not_set"}

# A text about objects ("bucket/prefix/…", wildcards and all) stays below a place of the user.
within_home(user, text) if {
	some home in homes(user)
	startswith(text, home.target.value)
} else if {
	regex.match(`^[^*?]*/\$\{[Tt]ransfer:UserName\}/`, text)
} else if {
	regex.match(`^\$\{[Tt]ransfer:HomeBucket\}/\$\{[Tt]ransfer:HomeFolder\}/`, text)
} else if {
	regex.match(`^\$\{[Tt]ransfer:HomeDirectory\}/`, text)
}
