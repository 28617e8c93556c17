# SPDX-License-Identifier: Apache-2.0

package lib.blinding

import data.lib.function
import data.lib.statement

# Who decides what runs with a role of promotion: whoever changes its function, starts or changes its task, or hands the
# role to a program of another's. A control that reads this lists function_name of aws_lambda_function and family of
# aws_ecs_task_definition besides.

# Actions of a role, a user or a group that steer promotion, by its own policies and by resource policies that name it.
steered_by_identity(principal) := {action |
	some allow in object.get(statement.granted, principal, [])
	some action in _steered_by(allow)
	not statement.denied_everywhere(principal, action)
}

# Of whoever holds some Allow statements and nothing else.
steered_by_allows(allows) := {action |
	some allow in allows
	some action in _steered_by(allow)
}

_steered_by(allow) := {action |
	some action in statement.matched_actions(allow, _actions)
	some target in _targets[action]
	_reaches(allow, target)
}

_actions := {action | some action, _ in _targets}

_targets["iam:passrole"] contains _target(role, ":role/", object.get(statement.role_path, role, null)) if {
	some role in promotion
}

_targets[action] contains _target(lambda, ":function:", object.get(input.resources[lambda].values, "function_name", null)) if {
	some action in ["lambda:updatefunctioncode", "lambda:updatefunctionconfiguration"]
	some lambda in function.ingesting
	count(_roles_of(input.resources[lambda]) & promotion) > 0
}

_targets[action] contains _target(task, ":task-definition/", object.get(input.resources[task].values, "family", null)) if {
	some action in ["ecs:runtask", "ecs:starttask"]
	some task in _tasks
}

# Clusters, services and running tasks have no role of their own: any of them may be the one that runs the task.
_targets[action] contains _target(task, "", null) if {
	some action in ["ecs:createservice", "ecs:executecommand", "ecs:updateservice"]
	some task in _tasks
}

_tasks := {definition | some definition in _definitions; count(_task_roles(definition) & promotion) > 0}

_target(address, kind, name) := {"address": address, "kind": kind, "name": name}

_reaches(allow, target) if {
	allow.partial
} else if {
	count(allow.notResources) > 0
} else if {
	target.address in allow.refs
} else if {
	some pattern in allow.resources
	_is_named(pattern, target)
}

# A name that is not known may be any.
_is_named(pattern, target) if {
	not is_string(target.name)
} else if {
	parts := split(pattern, target.kind)
	count(parts) > 1
	statement.text_covers(split(parts[1], ":")[0], target.name)
} else if {
	not contains(pattern, target.kind)
	statement.wildcard(pattern)
} else if {
	startswith(pattern, "${")
	not startswith(pattern, "${aws_")
}
