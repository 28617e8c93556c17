# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: People take a role with a second factor only
# description: |-
#   A role that an account, a user, a role outside the plan or a federated person may assume asks for a second factor: a
#   condition Bool aws:MultiFactorAuthPresent true (BoolIfExists lets those through who have none), or sign-on through SAML
#   or IAM Identity Center, whose own settings ask for it and must be checked there. Its sessions last four hours at most. Services are no people, nor
#   is a CI provider with a condition on sub that names an owner; nor is a role tagged Part11Role = sender that can do nothing
#   but send, where every principal is one named role. In qualification a machine takes all roles one after another, so production alone is judged.
# custom:
#   id: P11-10g-02
#   severity: high
#   clauses: ["11.10(g)"]
#   annex11: ["12"]
#   alcoa: [attributable]
#   requirements: [URS-003]
#   resources: [aws_iam_role]
#   attributes:
#     - {type: aws_iam_role, path: assume_role_policy}
#     - {type: aws_iam_role, path: max_session_duration}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role, path: tags}
#     - {type: aws_iam_role, path: tags_all}
#     - {type: aws_iam_openid_connect_provider, path: url}
#   environments: [production]
#   failure_msg: A person may take the role without a second factor, or for too long.
#   fix: Add the condition Bool aws:MultiFactorAuthPresent "true" to the trust policy, or trust SAML or IAM Identity Center alone; set max_session_duration to 14400 at most.
#   waivable: false
#   verified_by: [IQ]
package part11.p11_10g_02

import data.lib.answer
import data.lib.attribute
import data.lib.person
import data.lib.scope
import data.lib.statement
import data.lib.tag

answers contains _trusted(role) if some role in _roles

answers contains _short(role) if some role in _roles

not_applicable := scope.reason(rego.metadata.chain(), "role that people take") if count(_roles) == 0

_roles := {role | some role in statement.roles; _human(role)} if {
	scope.applies(rego.metadata.chain())
} else := set()

_human(role) if {
	count(_people[role]) > 0
} else if {
	statement.uncertain_on(role, "trust")
} else if {
	_tag(role) == "human"
}

# Role -> people who may take it, each with whether something asks for a second factor.
_people[role] := {object.union(one, {"asked": _asked(said, one)}) |
	some policy in statement.policies_on(role, "trust")
	some index in policy.statements
	said := input.statements[index]
	not _machine(role, said)
	some one in person.behind(said)
} if {
	some role in statement.roles
}

_machine(role, said) if {
	_tag(role) == "sender"
	person.named_roles(said)
	not statement.uncertain[role]
	not _does_more(role)
}

# The tag is a claim of the change itself: it counts only for a role that can do nothing but send.
_does_more(role) if {
	some allow in object.get(statement.granted, role, [])
	some action in array.concat(allow.actions, allow.notActions)
	not _sending[action]
}

_sending := {action | some action in data.part11_data.upload_actions}

_tag(role) := tag.read(input.resources[role], "Part11Role").value

default _asked(_, _) := false

_asked(_, one) if one.signed_on

_asked(said, _) if {
	some condition in said.conditions
	condition.operator == "Bool"
	condition.key == "aws:multifactorauthpresent"
	[lower(value) | some value in condition.values] == ["true"]
}

_trusted(role) := answer.failed(role, "assume_role_policy", _expected, concat(", ", sort(open))) if {
	open := {one.value | some one in _people[role]; not one.asked}
	count(open) > 0
} else := answer.unknown(role, "assume_role_policy", _expected, "not readable before apply") if {
	statement.uncertain_on(role, "trust")
} else := answer.passed(role, "assume_role_policy", _expected, concat(", ", sort({one.value | some one in _people[role]})))

# A role that says nothing gives sessions of one hour.
_short(role) := answer.passed(role, "max_session_duration", _at_most, "not set: 3600 s") if {
	_duration(role).status == "not_set"
} else := answer.of(role, "max_session_duration", _duration(role), matches, _at_most) if {
	matches := {value | value := _duration(role).value; value <= data.part11_data.thresholds.human_session_seconds}
}

_duration(role) := attribute.read(input.resources[role], ["max_session_duration"])

_expected := "a second factor of everybody"

_at_most := $"<= {data.part11_data.thresholds.human_session_seconds} s"
