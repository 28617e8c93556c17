# SPDX-License-Identifier: Apache-2.0

package lib.tag

# What a table, bucket, function, role, queue or key is for, where no relation of the plan tells: its tag Part11Role.

# The tag says so for sure: for what speaks in favour of a plan.
has_part11_role(resource, role) if read(resource, "Part11Role").value == role

# The tag says so or may say so: for what is judged. A tag that is not known, or names no role, may mean any.
may_have_part11_role(resource, role) if {
	has_part11_role(resource, role)
} else if {
	reading := read(resource, "Part11Role")
	reading.status != "not_set"
	not _part11_roles[object.get(reading, "value", null)]
}

# What a resource was before this plan it goes on being judged as: what it kept is still there.
may_have_part11_role(resource, role) if former(resource, "Part11Role") == role

# It has, or had before this plan, some part in keeping records.
in_a_part11_role(resource) if read(resource, "Part11Role").status != "not_set"

in_a_part11_role(resource) if former(resource, "Part11Role") != null

_part11_roles := {"ledger", "signature", "ingest", "sign", "identity-provider", "deliveries", "human", "ci", "sender"}
