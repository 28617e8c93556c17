# SPDX-License-Identifier: Apache-2.0

package lib.statement

import data.lib.bucket
import data.lib.like

# The statement speaks of the action (lower case). An action with a wildcard asks whether any such action is meant.
# wasm evaluates every body of a rule but stops at the first `else` that holds: the cheap and common cases come first.
matches_action(statement, action) if {
	action in statement.actions
} else if {
	_wild(statement)
	some pattern in statement.actions
	wildcard(pattern)
	action_overlaps(pattern, action)
} else if {
	wildcard(action)
	some pattern in statement.actions
	text_covers(action, pattern)
} else if {
	count(statement.notActions) > 0
	every pattern in statement.notActions {
		not text_covers(pattern, action)
	}
}

# The statement speaks of every action that the given one means.
covers_action(statement, action) if {
	some pattern in statement.actions
	text_covers(pattern, action)
} else if {
	count(statement.notActions) > 0
	every pattern in statement.notActions {
		not action_overlaps(pattern, action)
	}
}

# Those of a set of actions, none with a wildcard, that the statement speaks of.
matched_actions(statement, actions) := {action | some action in statement.actions; actions[action]} if {
	count(statement.notActions) == 0
	not _wild(statement)
} else := {action |
	some action in actions
	matches_action(statement, action)
}

# One search in all actions together: most statements have none, and a search costs little beside a call.
_wild(statement) if wildcard(concat(" ", statement.actions))

# Two wildcards that neither holds the other may still meet: their heads decide, on the safe side.
action_overlaps(pattern, action) if {
	text_covers(pattern, action)
} else if {
	text_covers(action, pattern)
} else if {
	wildcard(pattern)
	wildcard(action)
	heads_meet(head(pattern), head(action))
}

heads_meet(a, b) if startswith(a, b)

heads_meet(a, b) if startswith(b, a)

wildcard(text) if {
	contains(text, "*")
} else if {
	contains(text, "?")
}

# Text before the first wildcard.
head(text) := split(split(text, "*")[0], "?")[0]

# IAM's wildcards: * is any run of characters, ? is one. A trailing * is by far the commonest, and cheap.
text_covers(pattern, text) if {
	pattern == text
} else if {
	endswith(pattern, "*")
	stem := trim_suffix(pattern, "*")
	not wildcard(stem)
	startswith(text, stem)
} else if {
	wildcard(trim_suffix(pattern, "*"))
	not wildcard(text)
	like.matches(pattern, text)
} else if {
	wildcard(trim_suffix(pattern, "*"))
	endswith(text, "*")
	covers_below(pattern, trim_suffix(text, "*"))
}

# The pattern covers every text that begins so: its trailing * takes any rest once the beginning alone is covered. A probe
# text would not do, for some narrow pattern (`?`, `/*/*`) always covers it.
covers_below(pattern, beginning) if {
	endswith(pattern, "*")
	not wildcard(beginning)
	_begins(pattern, beginning)
}

_begins(pattern, beginning) if {
	stem := trim_suffix(pattern, "*")
	not wildcard(stem)
	startswith(beginning, stem)
} else if {
	wildcard(trim_suffix(pattern, "*"))
	like.matches(pattern, beginning)
}

# ---- S3 resources: bucket and object patterns -----------------------------------------------------------------------

# The statement holds for every object of the bucket.
covers_objects(statement, bucket) if covers_prefix(statement, bucket, "")

# The statement holds for every object of the bucket whose key begins with the prefix.
covers_prefix(statement, bucket, prefix) if {
	some pattern in statement.resources
	covers_below(bucket_pattern(statement, pattern, bucket), concat("", [bucket_name(bucket), "/", prefix]))
}

covers_prefix(statement, bucket, prefix) if {
	count(statement.notResources) > 0
	every pattern in statement.notResources {
		text := bucket_pattern(statement, pattern, bucket)
		not reaches(text, concat("", [bucket_name(bucket), "/", prefix]))
	}
}

# The statement holds for the bucket itself.
covers_bucket(statement, bucket) if {
	some pattern in statement.resources
	text_covers(bucket_pattern(statement, pattern, bucket), bucket_name(bucket))
}

covers_bucket(statement, bucket) if {
	count(statement.notResources) > 0
	every pattern in statement.notResources {
		text := bucket_pattern(statement, pattern, bucket)
		not text_covers(text, bucket_name(bucket))
	}
}

# Buckets whose objects, or which themselves, the statement holds for: by name where it names them, so that many buckets
# and many statements are not multiplied.
covered_objects(statement) := {address | some address in bucket.existing; covers_objects(statement, address)} if {
	_broad(statement)
} else := {address |
	some pattern in statement.resources
	name := trim_suffix(split(pattern, ":s3:::")[1], "/*")
	endswith(pattern, "/*")
	some address in object.get(bucket.by_name, name, set())
}

covered_buckets(statement) := {address | some address in bucket.existing; covers_bucket(statement, address)} if {
	_broad(statement)
} else := {address |
	some pattern in statement.resources
	some address in object.get(bucket.by_name, split(pattern, ":s3:::")[1], set())
}

# Buckets some object of which the statement holds for, or may.
touched_buckets(statement) := {address | some address in bucket.existing; touches_objects(statement, address, "")} if {
	_broad(statement)
} else := {address | some address in bucket.existing} if {
	statement.partial
} else := {address |
	some pattern in statement.resources
	parts := split(split(pattern, ":s3:::")[1], "/")
	count(parts) > 1
	some address in object.get(bucket.by_name, parts[0], set())
}

_broad(statement) if {
	count(statement.notResources) > 0
} else if {
	some pattern in statement.resources
	_names_many(pattern)
}

_names_many(pattern) if {
	contains(pattern, "${")
} else if {
	not contains(pattern, ":s3:::")
	wildcard(pattern)
} else if {
	wildcard(split(split(pattern, ":s3:::")[1], "/")[0])
}

# The statement holds for some object of the bucket whose key begins with the prefix, or may.
touches_objects(statement, bucket, prefix) if {
	some pattern in statement.resources
	reaches(bucket_pattern(statement, pattern, bucket), concat("", [bucket_name(bucket), "/", prefix]))
}

touches_objects(statement, _, _) if statement.partial

touches_objects(statement, _, _) if {
	some pattern in statement.resources
	opaque(pattern)
}

touches_objects(statement, bucket, prefix) if {
	count(statement.notResources) > 0
	every pattern in statement.notResources {
		not _leaves_out(statement, pattern, bucket, prefix)
	}
}

# Text that names no S3 resource leaves nothing out.
_leaves_out(statement, pattern, bucket, prefix) if {
	text := bucket_pattern(statement, pattern, bucket)
	covers_below(text, concat("", [bucket_name(bucket), "/", prefix]))
}

touches_bucket(statement, bucket) if covers_bucket(statement, bucket)

touches_bucket(statement, _) if statement.partial

touches_bucket(statement, _) if {
	some pattern in statement.resources
	opaque(pattern)
}

# Text that may name any S3 resource: `arn:*`, `arn:aws:s3:*`, or a reference that is not a resource of this plan.
opaque(pattern) if {
	not contains(pattern, ":s3:::")
	wildcard(pattern)
	startswith(pattern, "arn:")
	parts := split(head(pattern), ":")
	s3_or_any(parts)
}

opaque(pattern) if {
	startswith(pattern, "${")
	not startswith(pattern, "${aws_")
}

s3_or_any(parts) if count(parts) < 3

s3_or_any(parts) if startswith("s3", parts[2])

# Patterns reach a key prefix from both sides: `name/a*` reaches `name/` and `name/abc`. A reference or policy variable
# left in the text may be anything.
reaches(pattern, prefix) if startswith(settled(pattern), prefix)

reaches(pattern, prefix) if {
	settled(pattern) != pattern
	startswith(prefix, settled(pattern))
}

settled(pattern) := split(head(pattern), "${")[0]

# A plan-time name, else the address, which no ARN can hold.
bucket_name(bucket) := name if {
	name := input.resources[bucket].values.bucket
	is_string(name)
} else := bucket

# What stands behind ":s3:::", whatever the partition, with references to this bucket put in place.
bucket_pattern(statement, pattern, bucket) := "*" if {
	pattern == "*"
} else := text if {
	parts := split(referenced(statement, pattern, bucket), ":s3:::")
	count(parts) == 2
	text := parts[1]
}

referenced(statement, pattern, bucket) := pattern if {
	not contains(pattern, "${")
} else := text if {
	bucket in statement.refs
	name := bucket_name(bucket)
	opening := concat("", ["${", local_address(bucket), "."])
	arn := replace(pattern, concat("", [opening, "arn}"]), concat("", [":s3:::", name]))
	text := replace(replace(arn, concat("", [opening, "bucket}"]), name), concat("", [opening, "id}"]), name)
} else := pattern
