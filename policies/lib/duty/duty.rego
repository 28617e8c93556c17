# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Duties that must be separate, and who holds them
# description: |-
#   A duty is held by the actions of data.json that a role, or whoever else is named, may use, and by writing into buckets
#   of records. A control that reads this lists the policies of identities and resources, bucket, tags and tags_all of
#   aws_s3_bucket, key_usage, tags and tags_all of aws_kms_key.
# scope: package
package lib.duty

import data.lib.blinding
import data.lib.bucket
import data.lib.statement

# Of a role, a user or a group, by its own policies and by resource policies that name it.
of_identity(principal) := {duty |
	some allow in object.get(statement.granted, principal, [])
	some action in statement.matched_actions(allow, _actions)
	not statement.denied_everywhere(principal, action)
	some duty in _duties_of[action]
} | {_writing |
	some allow in statement.grants(principal, "s3:putobject")
	count(statement.touched_buckets(allow) & _records) > 0
}

# Of whoever holds some Allow statements and nothing else.
of_allows(allows) := {duty |
	some allow in allows
	some action in statement.matched_actions(allow, _actions)
	some duty in _duties_of[action]
} | {_writing |
	some allow in allows
	statement.matches_action(allow, "s3:putobject")
	count(statement.touched_buckets(allow) & _records) > 0
}

# Buckets that a role, a user or a group may read by its own policies and by resource policies that name it.
read_by_identity(principal) := {address |
	some action in blinding.reading
	some allow in statement.grants(principal, action)
	some address in statement.touched_buckets(allow)
}

read_by_allows(allows) := {address |
	some allow in allows
	some action in blinding.reading
	statement.matches_action(allow, action)
	some address in statement.touched_buckets(allow)
}

# Whether what is unblinded and what is not are both among some buckets.
crosses(buckets) if {
	count(buckets & blinding.unblinded) > 0
	count(buckets & blinding.blinded) > 0
}

_writing := "writing records"

_duties_of[action] contains duty if {
	some duty, actions in data.part11_data.duties
	some action in actions
}

_actions := {action | some action, _ in _duties_of}

_records := bucket.of_roles({"record", "inbox"})
