# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Runtime roles have a permissions boundary
# description: |-
#   A boundary caps what a runtime role can ever be granted, whoever attaches a policy to it. A boundary that allows
#   everything and denies nothing caps nothing, nor does one under which the role may take it off again (IAM user guide,
#   Permissions boundaries: a delegated principal must not be able to remove them). One of another plan is taken by its name.
#   Deploy roles of the settings are exempt.
# custom:
#   id: P11-10d-17
#   severity: medium
#   clauses: ["11.10(d)", "11.10(g)"]
#   annex11: ["12.1"]
#   alcoa: [attributable]
#   requirements: [URS-003]
#   resources: [aws_iam_role, aws_iam_policy]
#   attributes:
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role, path: permissions_boundary}
#     - {type: aws_iam_policy, path: policy}
#   environments: [production, qualification, development]
#   failure_msg: The runtime role has no permissions boundary that limits it.
#   fix: Set permissions_boundary to a policy that lists what runtime roles may do at most.
#   verified_by: [IQ]
package part11.p11_10d_17

import data.lib.answer
import data.lib.attribute
import data.lib.resource
import data.lib.scope
import data.lib.statement

answers contains _judged(role) if some role in statement.runtime_roles

not_applicable := scope.reason(rego.metadata.chain(), "runtime role") if count(statement.runtime_roles) == 0

_judged(role) := answer.failed(role, _attribute, _expected, "not set") if {
	_reading(role).status == "not_set"
} else := answer.failed(role, _attribute, _expected, "no name of a policy") if {
	_reading(role).status == "known"
	not attribute.is_text(_reading(role))
} else := answer.failed(role, _attribute, _expected, "allows everything") if {
	_limitless(role)
} else := answer.failed(role, _attribute, _expected, $"leaves {concat(", ", sort(_ways_off(role)))} to the role") if {
	count(_ways_off(role)) > 0
} else := answer.unknown(role, _attribute, _expected, "not readable before apply") if {
	some boundary in statement.boundaries(role)
	boundary.origin == "unknown"
} else := answer.passed(role, _attribute, _expected, _reading(role).value) if {
	_reading(role).status == "known"
} else := answer.passed(role, _attribute, _expected, concat(", ", sort(_named(role)))) if {
	count(_named(role)) > 0
} else := answer.unknown(role, _attribute, _expected, "known after apply")

_reading(role) := attribute.read(input.resources[role], [_attribute])

_named(role) := {address |
	some address in resource.referred(input.resources[role], _attribute)
	input.resources[address].type == "aws_iam_policy"
}

_limitless(role) if endswith(_reading(role).value, ":aws:policy/AdministratorAccess")

_limitless(role) if {
	some boundary in statement.boundaries(role)
	statements := [input.statements[index] | some index in boundary.statements]
	{one.effect | some one in statements} == {"Allow"}
	some one in statements
	"*" in one.actions
	"*" in one.resources
}

# Actions that take the boundary off the role itself, and that the boundary lets it have.
_ways_off(role) := {action |
	some action in ["iam:deleterolepermissionsboundary", "iam:putrolepermissionsboundary"]
	some boundary in statement.boundaries(role)
	some index in boundary.statements
	_leaves(input.statements[index], action, role)
	count([denied | some denied in boundary.statements; _takes(input.statements[denied], action)]) == 0
}

_leaves(said, action, role) if {
	said.effect == "Allow"
	count(said.conditions) == 0
	statement.covers_action(said, action)
	_about(said, $"arn:aws:iam::000000000000:role/{object.get(statement.role_path, role, "?")}")
}

_takes(said, action) if {
	said.effect == "Deny"
	statement.matches_action(said, action)
}

_about(said, arn) if {
	some pattern in said.resources
	statement.text_covers(pattern, arn)
} else if {
	count(said.notResources) > 0
	every pattern in said.notResources {
		not statement.text_covers(pattern, arn)
	}
}

_attribute := "permissions_boundary"

_expected := "a boundary that limits the role"
