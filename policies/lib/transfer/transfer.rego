# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Transfer servers, their users and who logs them in
# description: |-
#   Relations first: the function that a server names is its identity provider, the role that a user names is what its
#   session may do. Users of an identity provider of one's own stand in no plan; their roles are those that
#   transfer.amazonaws.com may assume and that no server or connector uses for its own work.
# scope: package
package lib.transfer

import data.lib.attribute
import data.lib.resource
import data.lib.statement
import data.lib.tag

users := array.concat(resource.existing("aws_transfer_user"), resource.existing("aws_transfer_access"))

# ---- identity providers ---------------------------------------------------------------------------------------------

# Functions that log users in: those that a server names, else those tagged so.
identity_functions := {function | some server, functions in functions_of; some function in functions} | {function |
	some function in resource.existing("aws_lambda_function")
	tag.read(input.resources[function], "Part11Role") == {"status": "known", "value": "identity-provider"}
}

functions_of[server] contains function if {
	some server in resource.existing("aws_transfer_server")
	some function in resource.referred(input.resources[server], "function")
	input.resources[function].type == "aws_lambda_function"
	resource.exists(input.resources[function])
}

servers_of[function] contains server if {
	some server, functions in functions_of
	some function in functions
}

# Servers whose users are logged in by what the plan does not hold, or not for sure.
foreign_logins contains server if {
	some server in _logging_in_elsewhere
	not functions_of[server]
}

# Servers with an identity provider of one's own.
_logging_in_elsewhere contains server if {
	some server in resource.existing("aws_transfer_server")
	provider := attribute.read(input.resources[server], ["identity_provider_type"])
	provider.status != "not_set"
	not attribute.is_value(provider, "SERVICE_MANAGED")
}

# ---- roles of sessions ----------------------------------------------------------------------------------------------

session_roles := (_roles_of_users | _assumed_by_service) - (_working_roles - _roles_of_users)

_roles_of_users contains role if {
	some user in users
	some role in resource.referred(input.resources[user], "role")
	input.resources[role].type == "aws_iam_role"
}

_assumed_by_service contains role if {
	some role in statement.roles
	some policy in statement.policies_on(role, "trust")
	some index in policy.statements
	said := input.statements[index]
	said.effect == "Allow"
	some service in statement.services(said)
	startswith(service, "transfer.")
}

# Who lets everybody in lets the service in too.
_assumed_by_service contains role if {
	count(_logging_in_elsewhere) > 0
	some role in statement.roles
	some policy in statement.policies_on(role, "trust")
	some index in policy.statements
	statement.public(input.statements[index])
	not statement.restricted_by(input.statements[index], statement.caller_keys)
}

# Roles that an identity provider may hand out: whom they trust is not known.
perhaps_session_roles contains role if {
	count(_logging_in_elsewhere) > 0
	some role in (statement.roles - (session_roles | _working_roles))
	some policy in statement.policies_on(role, "trust")
	_trusting_unknown(policy)
}

_trusting_unknown(policy) if policy.origin == "unknown"

_trusting_unknown(policy) if {
	some index in policy.statements
	input.statements[index].partial
	count(input.statements[index].principals) == 0
}

_working_roles contains role if {
	some type, names in {
		"aws_transfer_connector": ["access_role", "logging_role"],
		"aws_transfer_server": [
			"invocation_role",
			"logging_role",
			"workflow_details.on_partial_upload.execution_role",
			"workflow_details.on_upload.execution_role",
		],
	}
	some user in resource.existing(type)
	some name in names
	some role in resource.referred(input.resources[user], name)
}
