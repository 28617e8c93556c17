# SPDX-License-Identifier: Apache-2.0

package lib.trail

import data.lib.attribute
import data.lib.statement

# What keeps a trail from delivering to a bucket, as far as the bucket's policy is known: short texts. CloudTrail asks for the
# bucket's ACL before it puts. Source: CloudTrail user guide, Amazon S3 bucket policy for CloudTrail.
obstacles(trail, address) := (({"s3:GetBucketAcl is not allowed to it" |
	count([said |
		some said in statement.on(address)
		_lets(said, trail, "s3:getbucketacl")
		statement.touches_bucket(said, address)
	]) == 0
} | {"s3:PutObject is not allowed to it" |
	count([said |
		some said in statement.on(address)
		_lets(said, trail, "s3:putobject")
		statement.touches_objects(said, address, _prefix(trail))
	]) == 0
}) | {"s3:PutObject is denied to it" |
	some said in statement.on(address)
	_denies_service(said, "s3:putobject")
	statement.touches_objects(said, address, _prefix(trail))
}) | {"s3:GetBucketAcl is denied to it" |
	some said in statement.on(address)
	_denies_service(said, "s3:getbucketacl")
	statement.covers_bucket(said, address)
}

_lets(said, trail, action) if {
	said.effect == "Allow"
	_names_cloudtrail(said)
	statement.matches_action(said, action)
	every condition in said.conditions {
		_may_hold(condition, trail)
	}
}

_names_cloudtrail(said) if statement.services(said)[_service]

_names_cloudtrail(said) if statement.everyone(said)

# A source that is surely another trail does not let this one in. Other conditions are not judged.
_may_hold(condition, _) if condition.key != "aws:sourcearn"

_may_hold(condition, _) if not condition.operator in {"ArnEquals", "ArnLike", "StringEquals", "StringLike"}

_may_hold(condition, trail) if {
	some value in condition.values
	_may_mean(value, trail)
}

_may_mean(value, _) if not contains(value, ":trail/")

_may_mean(value, _) if contains(value, "${")

_may_mean(_, trail) if not is_string(object.get(input.resources[trail].values, "name", null))

_may_mean(value, trail) if statement.text_covers(split(value, ":trail/")[1], input.resources[trail].values.name)

_denies_service(said, action) if {
	said.effect == "Deny"
	statement.matches_action(said, action)
	_means_cloudtrail(said)
	_of_a_service(said)
}

_means_cloudtrail(said) if _names_cloudtrail(said)

_means_cloudtrail(said) if {
	count(said.notPrincipals) > 0
	every principal in said.notPrincipals {
		principal.value != _service
	}
}

_of_a_service(said) if count(said.conditions) == 0

_of_a_service(said) if "true" in statement.only_condition(said, {"Bool", "BoolIfExists"}, "aws:principalisawsservice")

# Where a trail puts its files; empty where the prefix is not known yet.
_prefix(trail) := "" if {
	attribute.read(input.resources[trail], ["s3_key_prefix"]).status == "unknown"
} else := $"{prefix}/AWSLogs/" if {
	prefix := attribute.read(input.resources[trail], ["s3_key_prefix"]).value
	prefix != ""
} else := "AWSLogs/"

# ---- to a log group -------------------------------------------------------------------------------------------------

# What a role lacks to deliver a trail to a log group: short texts, empty when it may. A group is an address or a literal ARN.
# Source: CloudTrail user guide, Role policy document for CloudTrail to use CloudWatch Logs for monitoring.
lacking(role, groups) := {$"{action} is not allowed to it" |
	some action in ["logs:createlogstream", "logs:putlogevents"]
	count([allow |
		some allow in statement.grants(role, action)
		_about_group(allow, groups)
	]) == 0
} | {"it does not trust cloudtrail.amazonaws.com" |
	count(statement.policies_on(role, "trust")) > 0
	count([index |
		some policy in statement.policies_on(role, "trust")
		some index in policy.statements
		_trusts(input.statements[index])
	]) == 0
}

_trusts(said) if {
	said.effect == "Allow"
	_names_cloudtrail(said)
	statement.matches_action(said, "sts:assumerole")
}

# A group that is not known is taken for the one that the role may write.
_about_group(_, groups) if count(groups) == 0

_about_group(allow, _) if "*" in allow.resources

_about_group(allow, _) if count(allow.notResources) > 0

_about_group(allow, groups) if {
	some address in allow.refs
	groups[address]
}

_about_group(allow, groups) if {
	some pattern in allow.resources
	some group in groups
	name := _group_name(group)
	statement.text_covers(split(_behind_group(pattern), ":")[0], name)
}

# "name:log-stream:…" of "arn:aws:logs:r:a:log-group:name:log-stream:…"; a wildcard before takes any group.
_behind_group(pattern) := split(pattern, ":log-group:")[1] if {
	contains(pattern, ":log-group:")
} else := "*" if {
	statement.wildcard(pattern)
	startswith(pattern, "arn:")
	_of_logs(split(pattern, ":"))
} else := ""

_of_logs(segments) if count(segments) < 3

_of_logs(segments) if segments[2] in {"*", "logs"}

_group_name(group) := input.resources[group].values.name if {
	input.resources[group]
} else := split(group, ":")[6]

_service := "cloudtrail.amazonaws.com"
