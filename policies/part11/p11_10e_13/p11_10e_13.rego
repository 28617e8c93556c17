# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Whoever writes the ledger may neither update nor delete
# description: |-
#   Writers of a ledger (tag Part11Role = ledger) hold PutItem and reads, and nothing that changes or deletes rows, the
#   table, its time to live or its policy. IAM cannot forbid that PutItem overwrites a row: that shows only in the hash
#   chain and in the locked copy of each event. Tables of vendors and deliveries (identity-provider, deliveries) say who may
#   send what: a deployment writes them, and nobody else, PutItem included. Every principal but the deploy roles is judged,
#   and the table's own policy; a Deny of one's own without conditions takes a right away, a boundary grants none.
# custom:
#   id: P11-10e-13
#   severity: critical
#   clauses: ["11.10(e)"]
#   annex11: ["9"]
#   alcoa: [original, enduring, attributable]
#   requirements: [URS-019, URS-021]
#   resources:
#     - aws_dynamodb_table
#     - aws_dynamodb_resource_policy
#     - aws_iam_group_policy
#     - aws_iam_policy
#     - aws_iam_role
#     - aws_iam_role_policy
#     - aws_iam_role_policy_attachment
#     - aws_iam_user_policy
#   attributes:
#     - {type: aws_dynamodb_resource_policy, path: policy}
#     - {type: aws_dynamodb_resource_policy, path: resource_arn}
#     - {type: aws_dynamodb_table, path: name}
#     - {type: aws_dynamodb_table, path: tags}
#     - {type: aws_dynamodb_table, path: tags_all}
#     - {type: aws_iam_group_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#     - {type: aws_iam_user_policy, path: policy}
#   environments: [production, qualification, development]
#   failure_msg: "{address} may change rows of the ledger, or of tables of vendors and deliveries: {actual}."
#   fix: Grant dynamodb:PutItem, GetItem and Query on the ledger, reads on tables of vendors and deliveries, and nothing that changes or deletes.
#   verified_by: [IQ, OQ-ledger-update, OQ-ledger-delete, OQ-restore-role, OQ-ledger-root]
package part11.p11_10e_13

import data.lib.answer
import data.lib.grant
import data.lib.scope
import data.lib.statement
import data.lib.table

answers contains _holding(principal) if some principal in _principals

answers contains _alone(policy) if {
	count(_tables) > 0
	some policy in grant.unattached_policies
}

answers contains grant.resource_answer(policy, sort(_forbidden_by(policy)), set()) if {
	count(_tables) > 0
	some policy in grant.resource_policies({"aws_dynamodb_resource_policy"})
	count(_forbidden_by(policy)) > 0
}

not_applicable := scope.reason(rego.metadata.chain(), "table of a ledger, of vendors or deliveries") if count(_tables) == 0

not_applicable := scope.reason(rego.metadata.chain(), "writer of a ledger") if {
	count(_tables) > 0
	count(answers) == 0
}

_ledgers := table.of_role("ledger")

_tables := _ledgers | table.directories

_principals := {principal | some principal, _ in input.policiesOf; count(_tables) > 0} - statement.deploy_roles

_holding(principal) := answer.failed(principal, "policy", _expected, "every action, by an AWS-managed policy") if {
	some policy in statement.identity_policies(principal)
	statement.managed_grade(policy) == "admin"
} else := answer.failed(principal, "policy", _expected, concat(", ", sort(actions))) if {
	actions := _changes(principal)
	count(actions) > 0
} else := answer.unknown(principal, "policy", _expected, "rights not known") if {
	some policy in statement.identity_policies(principal)
	_dark(policy)
} else := answer.passed(principal, "policy", _expected, "dynamodb:putitem") if {
	some allow in _allows(principal)
	statement.matches_action(allow, "dynamodb:putitem")
	count(table.touched(allow, _ledgers)) > 0
}

_changes(principal) := {action |
	some allow in _allows(principal)
	some action in statement.matched_actions(allow, _forbidden)
	some place in table.touched(allow, _tables)
	_forbidden_on[place][action]
	not _denied(principal, action, place)
}

_denied(principal, action, place) if {
	some said in statement.identity[principal]
	said.effect == "Deny"
	not said.partial
	count(said.conditions) == 0
	statement.covers_action(said, action)
	table.covers(said, place)
}

# Whoever holds the policy: nobody's other policies can take anything back.
_alone(policy) := answer.failed(policy.address, policy.attribute, _expected, "every action, by an AWS-managed policy") if {
	statement.managed_grade(policy) == "admin"
} else := answer.failed(policy.address, policy.attribute, _expected, concat(", ", sort(actions))) if {
	actions := {action |
		some index in policy.statements
		allow := input.statements[index]
		allow.effect == "Allow"
		some action in statement.matched_actions(allow, _forbidden)
		some place in table.touched(allow, _tables)
		_forbidden_on[place][action]
	}
	count(actions) > 0
} else := answer.unknown(policy.address, policy.attribute, _expected, "rights not known") if {
	_dark(policy)
} else := answer.passed(policy.address, policy.attribute, _expected, "none")

# What it allows is not known, or for which tables it allows what must not be allowed for the ledger.
_dark(policy) if grant.actions_unknown(policy)

_dark(policy) if {
	some index in policy.statements
	allow := input.statements[index]
	allow.partial
	allow.effect == "Allow"
	count(statement.matched_actions(allow, _forbidden)) > 0
}

_allows(principal) := [said | some said in object.get(statement.identity, principal, []); said.effect == "Allow"]

# What a policy on a table must not allow; one whose table is not known may be on any.
_forbidden_by(policy) := _forbidden if {
	count(policy.subjects) == 0
} else := union({_forbidden_on[subject] | some subject in policy.subjects})

_forbidden_on[place] contains action if {
	some place in _tables
	some action in _rewriting
}

_forbidden_on[place] contains "dynamodb:putitem" if some place in table.directories

_forbidden := union({actions | some _, actions in _forbidden_on})

_rewriting := [
	"dynamodb:batchwriteitem",
	"dynamodb:deleteitem",
	"dynamodb:deleteresourcepolicy",
	"dynamodb:deletetable",
	"dynamodb:partiqldelete",
	"dynamodb:partiqlinsert",
	"dynamodb:partiqlupdate",
	"dynamodb:putresourcepolicy",
	"dynamodb:updatecontinuousbackups",
	"dynamodb:updateitem",
	"dynamodb:updatetable",
	"dynamodb:updatetimetolive",
]

_expected := "PutItem and reads of the ledger only, reads of tables of vendors and deliveries"
