# SPDX-License-Identifier: Apache-2.0

# METADATA
# title: DataSync adds to one folder of records and takes nothing out
# description: |-
#   A DataSync task copies from its source to its destination, past every other way in or out. No bucket of records is a
#   source: records leave by replication and inspection alone. Where a bucket of records is the destination, the task keeps
#   what is gone at the source, compares what it copied, and logs it in a group with its own key; its location is one
#   folder of an inbox in which no other role writes, and its role puts, lists and
#   reads back there and does nothing else. A location is judged without a task too: the task may stand in another plan.
#   overwrite_mode is left open: ALWAYS adds a version over the locked one, NEVER leaves the first; either is kept.
# custom:
#   id: P11-30-08
#   severity: high
#   clauses: ["11.30", "11.10(a)", "11.10(d)"]
#   annex11: ["5", "12.1"]
#   alcoa: [original, accurate, complete]
#   requirements: [URS-003, URS-006]
#   resources: [aws_datasync_task, aws_datasync_location_s3]
#   attributes:
#     - {type: aws_datasync_task, path: source_location_arn}
#     - {type: aws_datasync_task, path: destination_location_arn}
#     - {type: aws_datasync_task, path: cloudwatch_log_group_arn}
#     - {type: aws_datasync_task, path: options.log_level}
#     - {type: aws_datasync_task, path: options.preserve_deleted_files}
#     - {type: aws_datasync_task, path: options.verify_mode}
#     - {type: aws_datasync_location_s3, path: s3_bucket_arn}
#     - {type: aws_datasync_location_s3, path: subdirectory}
#     - {type: aws_datasync_location_s3, path: s3_config.bucket_access_role_arn}
#     - {type: aws_cloudwatch_log_group, path: kms_key_id}
#     - {type: aws_kms_alias, path: target_key_id}
#     - {type: aws_kms_external_key, path: enabled}
#     - {type: aws_kms_external_key, path: valid_to}
#     - {type: aws_kms_key, path: customer_master_key_spec}
#     - {type: aws_kms_key, path: is_enabled}
#     - {type: aws_kms_key, path: key_usage}
#     - {type: aws_kms_replica_key, path: enabled}
#     - {type: aws_s3_bucket, path: bucket}
#     - {type: aws_s3_bucket, path: tags}
#     - {type: aws_s3_bucket, path: tags_all}
#     - {type: aws_s3_bucket_policy, path: policy}
#     - {type: aws_s3_bucket_replication_configuration, path: bucket}
#     - {type: aws_s3_bucket_replication_configuration, path: rule.destination.bucket}
#     - {type: aws_iam_role, path: name}
#     - {type: aws_iam_role, path: path}
#     - {type: aws_iam_role, path: inline_policy.policy}
#     - {type: aws_iam_role, path: managed_policy_arns}
#     - {type: aws_iam_role_policy, path: policy}
#     - {type: aws_iam_policy, path: policy}
#     - {type: aws_iam_role_policy_attachment, path: policy_arn}
#   environments: [production, qualification, development]
#   failure_msg: "DataSync could lose, leak or hide records: {attribute} of {address} is {actual}, {expected} is required."
#   fix: "Copy into one folder of the inbox, with preserve_deleted_files PRESERVE, verify_mode ONLY_FILES_TRANSFERRED, log_level TRANSFER, an encrypted log group, object_tags NONE, and a role for that folder alone."
#   verified_by: [IQ, OQ-push-datasync]
package part11.p11_30_08

import data.lib.answer
import data.lib.attribute
import data.lib.bucket
import data.lib.key
import data.lib.resource
import data.lib.scope
import data.lib.statement

answers contains _source(task) if some task in _tasks

answers contains _destination(task) if some task in _tasks

answers contains answer.one_of(task, $"options.{name}", reading, wanted) if {
	some task in _filling
	some name, wanted in _options
	reading := attribute.read(input.resources[task], ["options", 0, name])
}

answers contains _logged(task) if some task in _filling

answers contains _placed(location) if some location in _places

answers contains _apart(location) if some location, _ in _targets

answers contains _confined(location) if some location, _ in _targets

not_applicable := scope.reason(rego.metadata.chain(), "DataSync task, or location of a bucket,") if {
	count(_tasks) + count(_places) == 0
}

_tasks := scope.existing(rego.metadata.chain(), "aws_datasync_task")

_places := scope.existing(rego.metadata.chain(), "aws_datasync_location_s3")

# ---- tasks ----------------------------------------------------------------------------------------------------------

_source(task) := answer.failed(task, "source_location_arn", _no_record, answer.few(kept)) if {
	kept := {address | some location in _ends(task, "source_location_arn"); some address in _buckets[location]; _records[address]}
	count(kept) > 0
} else := _told(task, "source_location_arn", _no_record)

_destination(task) := _told(task, "destination_location_arn", "a location of the plan")

_told(task, name, expected) := answer.unknown(task, name, expected, "a location that the plan does not tell") if {
	count(_ends(task, name)) == 0
} else := answer.unknown(task, name, expected, $"a kind of place that may be a bucket: {answer.few(strange)}") if {
	strange := {location | some location in _ends(task, name); not input.resources[location].type in _understood}
	count(strange) > 0
} else := answer.unknown(task, name, expected, $"a bucket that the plan does not tell: {answer.few(dark)}") if {
	dark := {location | some location in _ends(task, name); _dark[location]}
	count(dark) > 0
} else := answer.passed(task, name, expected, answer.few(_ends(task, name)))

# Any kind of location: of a bucket, a share, a file system, the storage of another cloud.
_ends(task, name) := {location |
	some location in resource.referred(input.resources[task], name)
	startswith(input.resources[location].type, "aws_datasync_location_")
	resource.exists(input.resources[location])
}

# Object storage and file systems over a bucket name it in attributes of their own.
_understood := {
	"aws_datasync_location_efs",
	"aws_datasync_location_nfs",
	"aws_datasync_location_s3",
	"aws_datasync_location_smb",
}

# Tasks that fill a bucket of records.
_filling := {task |
	some task in _tasks
	some location in _ends(task, "destination_location_arn")
	some address in _buckets[location]
	_records[address]
}

_logged(task) := answer.failed(task, _log, _logs, "not set") if {
	attribute.read(input.resources[task], [_log]).status == "not_set"
} else := answer.unknown(task, _log, _logs, "a log group that the plan does not tell") if {
	count(_groups(task)) == 0
} else := {"address": task, "attribute": _log, "status": worst.status, "expected": _logs, "actual": worst.actual} if {
	worst := min({found |
		some group in _groups(task)
		own := key.own(input.resources[group], ["kms_key_id"])
		found := {"status": own.status, "actual": $"{group}, key {own.actual}"}
		own.status != "pass"
	})
} else := answer.passed(task, _log, _logs, answer.few(_groups(task)))

_groups(task) := {group |
	some group in resource.referred(input.resources[task], _log)
	input.resources[group].type == "aws_cloudwatch_log_group"
	resource.exists(input.resources[group])
}

_log := "cloudwatch_log_group_arn"

_logs := "a log group with its own key"

_no_record := "no bucket of records"

# What AWS and Terraform do where nothing is said is not one of these in each version, so it has to be stated.
_options := {
	"log_level": ["BASIC", "TRANSFER"],
	"preserve_deleted_files": ["PRESERVE"],
	"verify_mode": ["ONLY_FILES_TRANSFERRED", "POINT_IN_TIME_CONSISTENT"],
}

# ---- locations ------------------------------------------------------------------------------------------------------

_placed(location) := answer.unknown(location, "s3_bucket_arn", _receiver, "a bucket that the plan does not tell") if {
	_dark[location]
} else := answer.failed(location, "s3_bucket_arn", _receiver, answer.few(closed)) if {
	closed := (_buckets[location] & _records) - _receivers
	count(closed) > 0
} else := answer.passed(location, "s3_bucket_arn", _receiver, answer.few(_buckets[location]))

_receiver := "an inbox, or a bucket of no records"

_apart(location) := answer.unknown(location, "subdirectory", _one_folder, "known after apply") if {
	_subdirectory(location).status == "unknown"
} else := answer.failed(location, "subdirectory", _one_folder, "the whole bucket") if {
	_folder(location) == ""
} else := answer.failed(location, "subdirectory", _one_folder, $"{answer.few(rivals)} in {_folder(location)}") if {
	rivals := (_administrators - _roles[location]) | {role |
		some address in _targets[location]
		some role, allows in _writers[address]
		not _roles[location][role]
		some allow in allows
		statement.touches_objects(allow, address, _folder(location))
	}
	count(rivals) > 0
} else := answer.unknown(location, "subdirectory", _one_folder, $"rights of {answer.few(dark)} not known") if {
	dark := _dark_roles - _roles[location]
	count(dark) > 0
} else := answer.passed(location, "subdirectory", _one_folder, _folder(location))

_one_folder := "one folder in which no other role writes"

_confined(location) := answer.unknown(location, _access, _rights, "a role that the plan does not tell") if {
	count(_roles[location]) == 0
} else := answer.failed(location, _access, _rights, concat(", ", sort(excess))) if {
	excess := {text | some role in _roles[location]; some address in _targets[location]; some text in _excess(role, address, _folder(location))}
	count(excess) > 0
} else := answer.unknown(location, _access, _rights, $"rights of {answer.few(dark)} not known") if {
	dark := _dark_roles & _roles[location]
	count(dark) > 0
} else := answer.unknown(location, _access, _rights, "folder known after apply") if {
	_subdirectory(location).status == "unknown"
} else := answer.failed(location, _access, _rights, $"may not put below {_folder(location)}") if {
	some role in _roles[location]
	some address in _targets[location]
	not _puts(role, address, _folder(location))
} else := answer.passed(location, _access, _rights, answer.few(_roles[location]))

_access := "s3_config.bucket_access_role_arn"

_rights := "putting, listing and reading back below the folder, and nothing else"

_puts(role, address, folder) if {
	some allow in statement.grants(role, "s3:putobject")
	statement.covers_prefix(allow, address, folder)
}

# What goes beyond adding to the folder and comparing what was added.
_excess(role, address, folder) := (({action |
	some action in _actions(role)
	not action in data.part11_data.datasync_actions.names
	not statement.denied_everywhere(role, action)
} | {policy.arn |
	some policy in statement.identity_policies(role)
	policy.origin == "aws-managed"
}) | {"everything but some actions" |
	some allow in object.get(statement.granted, role, [])
	count(allow.notActions) > 0
}) | {$"{action} outside {_shown(folder)}" |
	some allow in object.get(statement.granted, role, [])
	some action in allow.actions
	startswith(action, "s3:")
	action in data.part11_data.datasync_actions.names
	not _within(allow, action, address, folder)
}

_shown(folder) := folder if {
	folder != ""
} else := "the bucket"

_actions(role) := {action | some allow in object.get(statement.granted, role, []); some action in allow.actions}

_within(allow, action, address, folder) if {
	count(allow.notResources) == 0
	name := statement.bucket_name(address)
	every pattern in allow.resources {
		_inside(statement.bucket_pattern(allow, pattern, address), name, folder)
	}
	_lists_within(allow, action, folder)
}

_inside(text, name, _) if text == name

_inside(text, name, folder) if startswith(text, $"{name}/{folder}")

# A listing shows every key of the bucket unless a condition says below which prefix.
_lists_within(_, action, _) if action != "s3:listbucket"

_lists_within(allow, "s3:listbucket", folder) if {
	some condition in allow.conditions
	condition.key == "s3:prefix"
	condition.operator in {"StringEquals", "StringLike"}
	count(condition.values) > 0
	every value in condition.values {
		startswith(value, folder)
	}
}

# ---- what is found once ---------------------------------------------------------------------------------------------

_records := bucket.of_roles({"record", "inbox", "audit", "replica", "evidence"})

# What a task sends has no manifest: it waits in the inbox for its promotion.
_receivers := bucket.of_roles({"inbox"})

# Location -> its bucket, or the buckets that it may be for sure.
_buckets[location] := bucket.destinations(of, "s3_bucket_arn", object.get(of.values, "s3_bucket_arn", null)) if {
	some location in _places
	of := input.resources[location]
}

_dark := {location | some location in _places; count(_buckets[location]) == 0}

# Locations of buckets that receive -> those buckets.
_targets[location] := found if {
	some location in _places
	found := _buckets[location] & _receivers
	count(found) > 0
}

_roles[location] := {role |
	some role in resource.referred(input.resources[location], _access)
	statement.roles[role]
} if {
	some location in _places
}

# Bucket that a location stands for -> role -> grants by which it may put objects there.
_writers[address][role] contains allow if {
	count(_targets) > 0
	some role in statement.runtime_roles
	some allow in statement.grants(role, "s3:putobject")
	some address in (statement.touched_buckets(allow) & _receivers)
}

# By a policy of AWS's own they write everywhere.
_administrators := {role |
	some role in statement.runtime_roles
	some policy in statement.identity_policies(role)
	statement.managed_grade(policy) == "admin"
}

_dark_roles := {role | some role in statement.roles; statement.uncertain[role]}

_subdirectory(location) := attribute.read(input.resources[location], ["subdirectory"])

# Ended by a slash, as DataSync copies below it; empty for the whole bucket, and while it is not known.
_folder(location) := $"{folder}/" if {
	folder := trim(_subdirectory(location).value, "/")
	folder != ""
} else := ""
