# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Nobody can take over the account of a signer alone
# description: |-
#   Who sets both the password and the second factor of somebody else signs in that name. The two rights are never in one
#   hand, so that a takeover needs two people, and nobody links a sign-in of his own to an account that exists. Every
#   principal but the deploy roles is judged by all its policies together; a boundary grants nothing. A phone or mailbox
#   that receives second factors must not also receive what resets the password: Cognito sees to that only where a pool
#   says how accounts are recovered. Without a pool or client in the plan only those are told who hold both rights.
# custom:
#   id: P11-200-06
#   severity: high
#   clauses: ["11.200(a)(3)"]
#   annex11: ["12"]
#   alcoa: [attributable]
#   requirements: [URS-029]
#   resources:
#     - aws_cognito_managed_user_pool_client
#     - aws_cognito_user_pool
#     - aws_cognito_user_pool_client
#     - aws_iam_group_policy
#     - aws_iam_policy
#     - aws_iam_role
#     - aws_iam_role_policy
#     - aws_iam_role_policy_attachment
#     - aws_iam_user_policy
#   attributes:
#     - {type: aws_cognito_user_pool, path: account_recovery_setting.recovery_mechanism}
#     - {type: aws_cognito_user_pool, path: email_mfa_configuration}
#     - {type: aws_cognito_user_pool, path: sms_configuration}
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
#   failure_msg: "{address} is enough to sign in as somebody else: {actual}."
#   fix: Write account_recovery_setting in the pool, split the rights over passwords and over second factors between two roles, and grant cognito-idp:AdminLinkProviderForUser to nobody.
#   verified_by: ["none: no module brings it yet; electronic signatures will"]
package part11.p11_200_06

import data.lib.answer
import data.lib.attribute
import data.lib.grant
import data.lib.scope
import data.lib.statement

answers contains found if {
	some principal in _principals
	found := _holding(principal)
	_concerns_signers(found)
}

answers contains found if {
	some policy in grant.unattached_policies
	found := _alone(policy)
	_concerns_signers(found)
}

answers contains _recovered(address) if some address in _pools

not_applicable := scope.reason(rego.metadata.chain(), "user pool, client of one, or way to take over its accounts,") if count(answers) == 0

# Where a plan has no signers, rights over their accounts elsewhere are told, and nothing else.
_concerns_signers(found) if found.status == "fail"

_concerns_signers(_) if count(_pools) + count(_clients) > 0

_pools := scope.existing(rego.metadata.chain(), "aws_cognito_user_pool")

_clients := [client |
	some type in ["aws_cognito_user_pool_client", "aws_cognito_managed_user_pool_client"]
	some client in scope.existing(rego.metadata.chain(), type)
]

# Source: Amazon Cognito API reference, CreateUserPool, AccountRecoverySetting.
_recovered(address) := answer.passed(address, _mechanisms, _settled, "nothing is sent as a second factor") if {
	{_sent(address, "email_mfa_configuration"), _sent(address, "sms_configuration")} == {"no"}
} else := answer.passed(address, _mechanisms, _settled, "set") if {
	_mechanism(address).status == "known"
} else := answer.failed(address, _mechanisms, _settled, "not set") if {
	_mechanism(address).status == "not_set"
	"yes" in {_sent(address, "email_mfa_configuration"), _sent(address, "sms_configuration")}
} else := answer.unknown(address, _mechanisms, _settled, "known after apply")

_mechanism(address) := attribute.read(input.resources[address], ["account_recovery_setting", 0, "recovery_mechanism"])

_sent(address, block) := "unknown" if {
	attribute.blocks_unknown(input.resources[address], [block])
} else := "yes" if {
	count(attribute.blocks(input.resources[address], [block])) > 0
} else := "no"

_mechanisms := "account_recovery_setting.recovery_mechanism"

_settled := "set where second factors are sent"

_principals := {principal |
	some principal, _ in input.policiesOf
	count(statement.identity_policies(principal)) > 0
} - statement.deploy_roles

_holding(principal) := answer.failed(principal, "policy", _expected, "every right, by an AWS-managed policy") if {
	some policy in statement.identity_policies(principal)
	statement.managed_grade(policy) == "admin"
} else := answer.failed(principal, "policy", _expected, concat(" and ", sort(_rights(principal)))) if {
	_takeover(_rights(principal))
} else := answer.unknown(principal, "policy", _expected, "rights not known") if {
	some policy in statement.identity_policies(principal)
	grant.actions_unknown(policy)
} else := answer.passed(principal, "policy", _expected, _shown(_rights(principal)))

# Whoever holds the policy, it alone must not be enough.
_alone(policy) := answer.failed(policy.address, policy.attribute, _expected, "every right, by an AWS-managed policy") if {
	statement.managed_grade(policy) == "admin"
} else := answer.failed(policy.address, policy.attribute, _expected, concat(" and ", sort(_rights_in(policy)))) if {
	_takeover(_rights_in(policy))
} else := answer.unknown(policy.address, policy.attribute, _expected, "rights not known") if {
	grant.actions_unknown(policy)
} else := answer.passed(policy.address, policy.attribute, _expected, _shown(_rights_in(policy)))

_takeover(rights) if rights["foreign sign-ins"]

_takeover(rights) if count(rights & {"passwords", "second factors"}) == 2

_rights(principal) := {right |
	some allow in statement.identity[principal]
	allow.effect == "Allow"
	some action in statement.matched_actions(allow, _actions)
	not statement.denied_everywhere(principal, action)
	some right in _rights_of[action]
}

_rights_in(policy) := {right |
	some index in policy.statements
	allow := input.statements[index]
	allow.effect == "Allow"
	some action in statement.matched_actions(allow, _actions)
	some right in _rights_of[action]
}

# A changed address receives the code that resets a password; a pool without a second factor asks nobody for it.
_rights_of := {
	"cognito-idp:adminlinkproviderforuser": {"foreign sign-ins"},
	"cognito-idp:adminsetusermfapreference": {"second factors"},
	"cognito-idp:adminsetuserpassword": {"passwords"},
	"cognito-idp:adminsetusersettings": {"second factors"},
	"cognito-idp:adminupdateuserattributes": {"passwords"},
	"cognito-idp:setuserpoolmfaconfig": {"second factors"},
	"cognito-idp:updateuserpool": {"second factors"},
}

_actions := {action | some action, _ in _rights_of}

_shown(rights) := "none" if {
	count(rights) == 0
} else := concat(", ", rights)

_expected := "passwords or second factors of others, not both"
