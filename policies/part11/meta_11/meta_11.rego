# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: No resource type gets past the controls
# description: |-
#   What the controls forbid can also be done by resources that they do not read: a stack of another tool, a grant on a
#   key, an access point. Those types fail with severity high, whatever the severity of this control. So does an object that
#   the plan itself writes into a bucket of records or copies out of one, and a state machine whose steps write objects by
#   calls of S3 while its role may write records. Of a type that is neither read by a control nor listed as harmless nothing
#   is known: it is named, once, as unknown of severity low, which fails no gate. The lists stand in data.json, each entry
#   with what it does. (A grant that hands out kms:Sign is told by P11-70-02 as well: a waiver of this control does not
#   cover it.)
# custom:
#   id: META-11
#   severity: low
#   clauses: ["11.10(a)"]
#   annex11: ["4.5"]
#   alcoa: [complete]
#   requirements: [URS-032]
#   resources: []
#   attributes:
#     - {type: aws_dynamodb_table, path: tags}
#     - {type: aws_dynamodb_table, path: tags_all}
#     - {type: aws_dynamodb_table_item, path: table_name}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_object, path: bucket}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_s3_object, path: bucket}
#     - {type: aws_s3_object_copy, path: bucket}
#     - {type: aws_s3_object_copy, path: source}
#     - {type: aws_sfn_state_machine, path: definition}
#     - {type: aws_sfn_state_machine, path: role_arn}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#   environments: [production, qualification, development]
#   failure_msg: "{actual}: not among the {expected}."
#   fix: Use the resource types that the controls read, or have this one approved as a waiver.
#   verified_by: ["none: the plan itself is judged, every run"]
package part11.meta_11

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.resource
import data.lib.statement
import data.lib.tag
import data.lib.workflow

answers contains answer.with_severity(answer.failed(address, "type", _expected, effect), "high") if {
	some address, effect in _bypassing
}

answers contains answer.with_severity(said, "high") if {
	some type, attributes in _objects
	some address in resource.existing(type)
	some name in attributes
	some said in _of_records(address, name)
}

answers contains answer.with_severity(said, "high") if {
	some machine in resource.existing("aws_sfn_state_machine")
	said := _programmed(machine)
}

answers contains answer.unknown("plan", "type", _expected, $"{type} ({count(input.byType[type])}) is read by no control") if {
	some type in _unread
}

answers contains answer.passed("plan", "type", _expected, $"{count(input.byType)} types") if {
	count(_unread) == 0
	count(_bypassing) == 0
	count([address | some type, names in _objects; some address in resource.existing(type); some name in names; count(_of_records(address, name)) > 0]) == 0
	count([machine | some machine in resource.existing("aws_sfn_state_machine"); _programmed(machine)]) == 0
}

# Type -> what it does, of those types of the plan that do what controls forbid.
_effects[type] := data.part11_data.bypassing_types[type] if some type, _ in input.byType

# Cloud Control resources, whatever they are, name the API instead of the provider.
_effects[type] := "any AWS resource through Cloud Control" if {
	some type, _ in input.byType
	startswith(type, "awscc_")
}

# Address -> what the resource does that controls forbid.
_bypassing[address] := effect if {
	some type, effect in _effects
	some address in resource.existing(type)
	not _row_of_settings(address)
}

# Who may log in and what is expected are written by the plan, where reviewers see it; the table says by its tag that it is
# no ledger.
_row_of_settings(address) if {
	of := input.resources[address]
	of.type == "aws_dynamodb_table_item"
	tables := resource.referred(of, "table_name")
	count(tables) > 0
	every table in tables {
		said := tag.read(input.resources[table], "Part11Role")
		said.status == "known"
		said.value in {"deliveries", "identity-provider"}
	}
}

_unread := {type |
	some type, _ in input.byType
	not _assessed[type]
	not data.part11_data.harmless_types[type]
	not _effects[type]
}

_assessed := {type | some type in data.part11_data.assessed_types}

_expected := "types that controls read or that change nothing they protect"

# ---- objects that a plan writes -------------------------------------------------------------------------------------

_objects := {
	"aws_s3_bucket_object": ["bucket"],
	"aws_s3_object": ["bucket"],
	"aws_s3_object_copy": ["bucket", "source"],
}

_records := bucket.of_roles({"record", "inbox", "audit", "replica"})

_of_records(address, name) := {answer.failed(address, name, _made, answer.few(touched))} if {
	of := input.resources[address]
	touched := bucket.destinations(of, name, _bucket_in(attribute.read(of, [name]))) & _records
	count(touched) > 0
} else := {answer.unknown(address, name, _made, $"perhaps {answer.few(touched)}")} if {
	touched := resource.possibly_referred(input.resources[address], name) & _records
	count(touched) > 0
} else := set()

# A source is "<bucket>/<key>".
_bucket_in(reading) := split(reading.value, "/")[0] if {
	attribute.is_text(reading)
} else := null

_made := "no record that the plan itself writes or copies"

# ---- state machines that write objects ------------------------------------------------------------------------------

_programmed(machine) := answer.failed(machine, "definition", _calls, concat(", ", sort(calls))) if {
	calls := workflow.writing_objects[machine]
	count(_roles(machine) & _writers) > 0
} else := answer.unknown(machine, "definition", _calls, $"{concat(", ", sort(calls))}, by a role whose rights are not known") if {
	calls := workflow.writing_objects[machine]
	count(_records) > 0
	_dark(machine)
} else := answer.unknown(machine, "definition", _calls, "not readable, and its role may write records") if {
	workflow.unreadable[machine]
	count(_roles(machine) & _writers) > 0
}

# Its role is not in the plan, or is not known in full.
_dark(machine) if count(_roles(machine)) == 0

_dark(machine) if {
	some role in _roles(machine)
	statement.uncertain[role]
}

_roles(machine) := referred | statement.roles_of_principal({"type": "AWS", "value": arn}) if {
	of := input.resources[machine]
	referred := {role | some role in resource.referred(of, "role_arn"); input.resources[role].type == "aws_iam_role"}
	arn := object.get(attribute.read(of, ["role_arn"]), "value", "")
}

# Roles of state machines that may write or delete objects of some bucket of records.
_writers := {role |
	some machine in resource.existing("aws_sfn_state_machine")
	some role in _roles(machine)
	some allow in statement.granted[role]
	count(statement.matched_actions(allow, _writing)) > 0
	count(statement.touched_buckets(allow) & _records) > 0
}

_writing := {"s3:deleteobject", "s3:deleteobjectversion", "s3:putobject"}

_calls := "no calls of S3 that write records"
