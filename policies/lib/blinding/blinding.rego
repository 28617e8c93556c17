# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: Which data are unblinded
# description: |-
#   Buckets say it by their tag Blinding, rows of the table of deliveries by their own word; `unblinded` of the settings says
#   it a second time, by folder, so that neither is changed alone. A folder "vendor/study" lies below `inbound` of the
#   prefixes in data.json, a vendor's files for trying out below `trial`. A control that reads this lists bucket, tags and
#   tags_all of aws_s3_bucket, name, tags and tags_all of aws_dynamodb_table, item and table_name of aws_dynamodb_table_item, role, tags
#   and tags_all of aws_lambda_function, container_definitions and task_role_arn of aws_ecs_task_definition, type of aws_batch_job_definition, assume_role_policy, name, path, tags and tags_all of aws_iam_role, bucket
#   and topic of aws_s3_bucket_notification, and what lib/event needs.
# scope: package
package lib.blinding

import data.lib.attribute
import data.lib.bucket
import data.lib.function
import data.lib.resource
import data.lib.statement
import data.lib.tag
import data.lib.text

# Buckets that keep records, copies included.
kept := bucket.of_roles({"record", "inbox", "replica"})

# A tag that is not known may say either; a bucket that was unblinded before this plan still holds what it held.
unblinded := {address | some address in kept; _may_be_unblinded(address)}

blinded := {address | some address in kept; not _says_unblinded(address)}

_may_be_unblinded(address) if _says_unblinded(address)

_may_be_unblinded(address) if read(address).status == "unknown"

_may_be_unblinded(address) if was_unblinded(address)

_says_unblinded(address) if read(address).value == "unblinded"

was_unblinded(address) if tag.former(input.resources[address], "Blinding") == "unblinded"

read(address) := tag.read(input.resources[address], "Blinding")

# Folders that the settings name; none where they do not say.
folders := {folder | some folder in input.settings.unblinded}

# Prefixes of the folder's files before they are promoted.
incoming(folder) := {
	concat("", [data.part11_data.delivery_prefixes.inbound, folder, "/"]),
	concat("", [data.part11_data.delivery_prefixes.trial, split(folder, "/")[0], "/"]),
}

# Prefix of the folder's records.
records(folder) := concat("", [data.part11_data.delivery_prefixes.inbound, folder, "/"])

# ---- who tells one from the other ------------------------------------------------------------------------------------

# The roles of the functions that promote: one function for each inbox, and nobody else takes its role.
promotion contains role if {
	count(function.ingesting) <= max([1, count(bucket.of_roles({"inbox"}))])
	some address in function.ingesting
	some role in _roles_of(input.resources[address])
	tag.has_part11_role(input.resources[role], "ingest")
	count([other | some other in function.ingesting; _roles_of(input.resources[other])[role]]) == 1
	_taken_by_its_programs(role)
}

_roles_of(lambda) := statement.roles_of_principal({"type": "AWS", "value": lambda.values.role}) if {
	is_string(lambda.values.role)
} else := resource.referred(lambda, "role")

# The function, and the one task that runs its code without the limits of a function: a second one would be another program.
_taken_by_its_programs(role) if {
	not statement.uncertain_on(role, "trust")
	trusted := [principal |
		some policy in statement.policies_on(role, "trust")
		some index in policy.statements
		input.statements[index].effect == "Allow"
		some principal in array.concat(input.statements[index].principals, input.statements[index].notPrincipals)
	]
	count(trusted) > 0
	every principal in trusted {
		_is_program(role, principal)
	}
}

_is_program(_, principal) if principal == {"type": "Service", "value": "lambda.amazonaws.com"}

_is_program(role, principal) if {
	principal == {"type": "Service", "value": "ecs-tasks.amazonaws.com"}
	taken := [definition | some definition in _definitions; _task_roles(definition)[role]]
	count(taken) == 1
	_runs_own_image(input.resources[taken[0]])
	count(resource.existing("aws_batch_job_definition")) == 0
	every definition in _definitions {
		not _of_any_role(definition)
	}
}

_definitions := resource.existing("aws_ecs_task_definition")

# One container of an image in the account's own registry, run as it was built; that it is pinned by digest, P11-10a-01 asks.
_runs_own_image(definition) if {
	containers := text.document(definition, "container_definitions").value
	count(containers) == 1
	not _run_otherwise(containers[0])
	account := split(definition.values.task_role_arn, ":")[4]
	startswith(containers[0].image, $"{account}.dkr.ecr.")
}

_run_otherwise(container) if {
	some name, value in container
	lower(name) in {"command", "entrypoint", "privileged", "repositorycredentials"}
	not value in [[], null, false]
}

_task_roles(definition) := statement.roles_of_principal({"type": "AWS", "value": arn}) if {
	arn := input.resources[definition].values.task_role_arn
	is_string(arn)
} else := resource.referred(input.resources[definition], "task_role_arn")

_of_any_role(definition) if {
	attribute.read(input.resources[definition], ["task_role_arn"]).status == "unknown"
	count(resource.referred(input.resources[definition], "task_role_arn")) == 0
}

# ---- rows of the tables of deliveries -------------------------------------------------------------------------------

tables := {table |
	some table in resource.existing("aws_dynamodb_table")
	tag.may_have_part11_role(input.resources[table], "deliveries")
}

# Row -> {"folder", "blinding"}.
rows[row] := found if {
	some row in _items
	said := _delivery(row)
	found := {"folder": $"{said.vendor}/{said.study}", "blinding": said.blinding}
}

# Rows that cannot be read: they may be of any folder.
dark_rows := {row | some row in _items; not rows[row]}

_delivery(row) := said if {
	said := text.parsed(text.document(input.resources[row], "item").value.delivery.S)
	is_string(said.vendor)
	is_string(said.study)
	is_string(said.blinding)
}

_items := {row |
	some row in resource.existing("aws_dynamodb_table_item")
	_in_deliveries(input.resources[row])
}

_in_deliveries(row) if {
	some table in resource.referred(row, "table_name")
	tables[table]
} else if {
	reading := attribute.read(row, ["table_name"])
	_names[reading.value]
}

_names contains name if {
	some table in tables
	name := input.resources[table].values.name
}
