# SPDX-License-Identifier: Apache-2.0

package lib.event

# Whether a rule surely misses an API call of which the trail's record has these fields ("userIdentity.type", null for one that
# is not there): it listens on another bus, to another source, or for other values.
misses(rule, _) if _on_default_bus(input.resources[rule]) == "no"

misses(rule, _) if _patterns[rule].status == "not_set"

misses(rule, fields) if {
	source := trim_suffix(fields.eventSource, ".amazonaws.com")
	_refuses(_patterns[rule].value.source, $"aws.{source}")
}

misses(rule, _) if _refuses(_patterns[rule].value["detail-type"], "AWS API Call via CloudTrail")

misses(rule, fields) if {
	some name, value in fields
	_refuses(object.get(_patterns[rule].value, array.concat(["detail"], split(name, ".")), null), value)
}

_refuses(matchers, wanted) if {
	is_array(matchers)
	every matcher in matchers {
		_refused(matcher, wanted)
	}
}

_refused(matcher, null) if is_string(matcher)

_refused(matcher, wanted) if {
	wanted != null
	accepts([matcher], wanted) == "no"
}

_refused(matcher, wanted) if wanted in matcher["anything-but"]

_refused(matcher, wanted) if wanted == matcher["anything-but"]
